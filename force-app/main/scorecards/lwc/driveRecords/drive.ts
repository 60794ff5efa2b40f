import type { MetricName, Verdict } from 'c/callContract';

/** How one rep's metric goes. Counts and sums are per working day. */
export interface DriveMember {
  readonly memberId: string;
  readonly name: string;
  readonly baseline?: number | undefined;
  /** Without a drive. */
  readonly expected?: number | undefined;
  readonly goal?: number | undefined;
  readonly value?: number | undefined;
  readonly change?: number | undefined;
  readonly changeLow?: number | undefined;
  readonly changeHigh?: number | undefined;
  /** Missing while the drive runs. */
  readonly verdict?: Verdict | undefined;
}

export interface Drive {
  readonly driveId: string;
  readonly metric: MetricName;
  /** In percent. */
  readonly uplift: number;
  /** `YYYY-MM-DD`, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly practice: string;
  readonly members: readonly DriveMember[];
}

/** A rep's part in a drive, as the rep may see it: of the drive itself only what it is about. */
export type RepDrive = DriveMember & Pick<Drive, 'metric' | 'uplift' | 'firstDay' | 'lastDay' | 'practice'>;
