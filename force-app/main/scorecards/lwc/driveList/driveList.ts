import { LightningElement, api, wire } from 'lwc';
import locale from '@salesforce/i18n/locale';
import { graphql } from 'lightning/graphql';
import type { GraphqlResult } from 'lightning/graphql';
import { METRICS } from 'c/callContract';
import type { Verdict } from 'c/callContract';
import { DRIVES_QUERY, readDrives } from 'c/driveRecords';
import type { Drive, DriveMember } from 'c/driveRecords';
import { dayAfter, dayInUserZone, formatChange, formatCount, formatFigure } from 'c/figureFormat';

/** How long an ended drive stays on the board. */
const SHOWN_DAYS = 92;

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
      .filter(({ lastDay }) => dayAfter(lastDay === '' ? today : lastDay, SHOWN_DAYS) >= today)
      .map((drive) => viewOf(drive, today));
  }

  get hasDrives(): boolean {
    return this.views.length > 0;
  }
}

function viewOf(drive: Drive, today: string): DriveView {
  const { driveId, metric, uplift, firstDay, lastDay, practice, members } = drive;
  const { label, better } = METRICS[metric];
  const sign = better === 'less' ? '−' : '+';
  const state = today > lastDay ? 'ended' : today < firstDay ? 'begins' : 'runs';
  return {
    key: driveId,
    headline: `${label} ${sign}${formatCount(uplift)}%, ${dayWords(firstDay)} to ${dayWords(lastDay)}, ${state}`,
    practice,
    tableLabel: `Drive: ${label}`,
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
  const { unit } = METRICS[metric];
  const figure = (value: number | undefined) => (value === undefined ? NOTHING : formatFigure(unit, value));
  return {
    key: member.memberId,
    name: member.name,
    baseline: figure(member.baseline),
    expected: figure(member.expected),
    goal: figure(member.goal),
    value: figure(member.value),
    change: changeWords(member, metric),
    verdict: member.verdict,
    running: member.verdict === undefined ? 'Told at the end' : undefined,
  };
}

function changeWords({ change, changeLow, changeHigh }: DriveMember, metric: Drive['metric']): string {
  if (change === undefined) return NOTHING;
  const { unit } = METRICS[metric];
  const range =
    changeLow === undefined || changeHigh === undefined
      ? ''
      : ` (${formatChange(unit, changeLow)} to ${formatChange(unit, changeHigh)})`;
  return `${formatChange(unit, change)}${range}`;
}
