import { useState, type MouseEvent } from "react"

/**
 * Keeps a form open that somebody has filled in: Esc or a click beside it only asks first. `watch` belongs
 * on an element around the form.
 */
export function useTyped(onClose: () => void) {
  const [isTyped, setIsTyped] = useState(false)
  const [isAsked, setIsAsked] = useState(false)
  const onChoose = (event: MouseEvent<HTMLElement>) => {
    if (event.target instanceof Element && event.target.closest("[role=option]")) setIsTyped(true)
  }
  return {
    isAsked,
    watch: { onInputCapture: () => setIsTyped(true), onClickCapture: onChoose },
    onEscape: () => (isTyped ? setIsAsked(true) : onClose()),
  }
}
