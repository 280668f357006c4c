import { Menu } from "@mantine/core"
import { useTranslations } from "next-intl"
import type { Action } from "@/lib/fleet/terminals/life/actions"

type Props = { actions: readonly Action[]; onChoose: (action: Action) => void }

/** The actions in a menu of one or more terminals. */
export function ActionItems({ actions, onChoose }: Props) {
  const t = useTranslations("life")
  return actions.map((action) => (
    <Menu.Item
      key={action}
      onClick={() => onChoose(action)}
      {...(action === "retired" ? { color: "red" } : {})}
    >
      {t(`action.${action}`)}
    </Menu.Item>
  ))
}
