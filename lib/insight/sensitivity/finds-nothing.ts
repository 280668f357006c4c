/** How often the flags of a rule were looked into, and how often no fault was found. */
export type Looked = { findings: number; noFaultFound: number }

const fewestFindings = 40
const mostWithoutFault = 0.25

/** Whether a rule sends people out for nothing too often. */
export const findsNothing = ({ findings, noFaultFound }: Looked): boolean =>
  findings >= fewestFindings && noFaultFound > mostWithoutFault * findings
