import { LightningElement, api, wire } from 'lwc';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import type { Verdict } from 'c/callContract';
import {
  DRIVE_SHOWN_DAYS,
  driveChange,
  driveFigure,
  driveTitle,
  readRepDrives,
  REP_DRIVES_QUERY,
} from 'c/driveRecords';
import type { RepDrive } from 'c/driveRecords';
import { dayAfter, dayInUserZone, formatCount, formatDay } from 'c/figureFormat';

interface DriveView {
  readonly key: string;
  readonly title: string;
  readonly state: string;
  /** What the rep does differently. */
  readonly practice: string;
  readonly facts: readonly { readonly term: string; readonly value: string }[];
  readonly verdict: Verdict | undefined;
  readonly pending: string | undefined;
}

const DAY_MS = 86_400_000;

/** The improvement drives that a rep takes part in: how they go, and in the end which change is real. */
export default class RepDrives extends LightningElement {
  @api repId!: string;
  drives: readonly RepDrive[] = [];

  /** A card without its drives is a card still: what cannot be read is left out. */
  @wire(graphql, { query: REP_DRIVES_QUERY, variables: '$variables' })
  receiveDrives({ data }: GraphqlResult): void {
    if (data !== undefined) this.drives = readRepDrives(data);
  }

  get variables(): { repId: string } {
    return { repId: this.repId };
  }

  get views(): DriveView[] {
    const today = dayInUserZone(new Date());
    return this.drives
      .filter(({ lastDay }) => dayAfter(lastDay, DRIVE_SHOWN_DAYS) >= today)
      .map((drive) => viewOf(drive, today));
  }

  get hasDrives(): boolean {
    return this.views.length > 0;
  }
}

function viewOf(drive: RepDrive, today: string): DriveView {
  const { memberId, metric, goal, value, expected, lastDay, verdict } = drive;
  const isOver = today > lastDay;
  return {
    key: memberId,
    title: driveTitle(drive),
    state: stateWords(drive, today),
    practice: drive.practice,
    facts: [
      { term: isOver ? 'Reached' : 'Now', value: driveFigure(metric, value) },
      { term: 'Goal', value: driveFigure(metric, goal) },
      { term: 'Without the drive', value: driveFigure(metric, expected) },
      { term: 'Change, likely', value: driveChange(metric, drive) },
    ],
    verdict: isOver ? verdict : undefined,
    pending: pendingWords(isOver, verdict),
  };
}

function stateWords({ lastDay }: RepDrive, today: string): string {
  if (today > lastDay) return `ended ${formatDay(lastDay)}`;
  const days = Math.round((Date.parse(lastDay) - Date.parse(today)) / DAY_MS);
  if (days === 0) return 'ends today';
  return days === 1 ? '1 day left' : `${formatCount(days)} days left`;
}

function pendingWords(isOver: boolean, verdict: Verdict | undefined): string | undefined {
  if (!isOver) return 'Whether it helped is told at the end';
  return verdict === undefined ? 'The result follows within the hour' : undefined;
}
