/** Another process folds, for longer than one may wait. A request answers as after a lock timeout. */
export class Busy extends Error {
  readonly code = "55P03"

  constructor() {
    super("another process is at work")
  }
}
