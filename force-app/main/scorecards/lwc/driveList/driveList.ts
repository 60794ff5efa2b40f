import { LightningElement, api, wire } from 'lwc';
import locale from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { METRICS } from 'c/callContract';
import type { Verdict } from 'c/callContract';
import {
  DRIVE_SHOWN_DAYS,
  driveChange,
  driveFigure,
  driveTitle,
  DRIVES_QUERY,
  readDrives,
} from 'c/driveRecords';
import type { Drive, DriveMember } from 'c/driveRecords';
import { dayAfter, dayInUserZone } from 'c/figureFormat';

interface MemberRow {
  readonly key: string;
  readonly name: string;
  readonly baseline: string;
  readonly expected: string;
  readonly goal: string;
  readonly value: string;
  readonly change: string;
  readonly verdict: Verdict | undefined;
  readonly running: string | undefined;
}

interface DriveView {
  readonly key: string;
  readonly headline: string;
  readonly practice: string;
  readonly tableLabel: string;
  readonly rows: readonly MemberRow[];
}

const NOTHING = '–';

/** Improvement drives: how they go, and in the end which change is real. */
export default class DriveList extends LightningElement {
  drives: readonly Drive[] = [];
  private refresh?: (() => Promise<void>) | undefined;

  @wire(graphql, { query: DRIVES_QUERY })
  receiveDrives({ data, refresh }: GraphqlResult): void {
    this.refresh = refresh ?? this.refresh;
    if (data !== undefined) this.drives = readDrives(data);
  }

  /** Reads again, after a drive was started. */
  @api async readAgain(): Promise<void> {
    await this.refresh?.();
  }

  get views(): DriveView[] {
    const today = dayInUserZone(new Date());
    return this.drives
      .filter(({ lastDay }) => dayAfter(lastDay === '' ? today : lastDay, DRIVE_SHOWN_DAYS) >= today)
      .map((drive) => viewOf(drive, today));
  }

  get hasDrives(): boolean {
    return this.views.length > 0;
  }
}

function viewOf(drive: Drive, today: string): DriveView {
  const { driveId, metric, firstDay, lastDay, practice, members } = drive;
  const state = today > lastDay ? 'ended' : today < firstDay ? 'begins' : 'runs';
  return {
    key: driveId,
    headline: `${driveTitle(drive)}, ${dayWords(firstDay)} to ${dayWords(lastDay)}, ${state}`,
    practice,
    tableLabel: `Drive: ${METRICS[metric].label}`,
    rows: members.map((member) => rowOf(member, drive)),
  };
}

/** `Oct 5, 2026`: days have no zone. */
function dayWords(day: string): string {
  if (day === '') return NOTHING;
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}

function rowOf(member: DriveMember, { metric }: Drive): MemberRow {
  const figure = (value: number | undefined) => driveFigure(metric, value);
  return {
    key: member.memberId,
    name: member.name,
    baseline: figure(member.baseline),
    expected: figure(member.expected),
    goal: figure(member.goal),
    value: figure(member.value),
    change: driveChange(metric, member),
    verdict: member.verdict,
    running: member.verdict === undefined ? 'Told at the end' : undefined,
  };
}
