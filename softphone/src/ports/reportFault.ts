/** Told of faults that nothing else can answer for. Never throws. */
export type ReportFault = (error: unknown) => void;
