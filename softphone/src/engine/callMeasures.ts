import type { LineQuality } from '@scoreline/contract';
import type { LineHistory, LineMeans } from '../domain/lineQuality.ts';
import { lineMeans, lineQuality, NEW_LINE, pauseLine, readLine } from '../domain/lineQuality.ts';
import type { TalkFigures } from '../domain/talkMeter.ts';
import { createTalkMeter } from '../domain/talkMeter.ts';
import type { LineReading } from '../domain/lineQuality.ts';

/** What a call was like; nothing but numbers. A figure that could not be measured is absent. */
export type CallFigures = LineMeans & Partial<TalkFigures>;

/** What is measured of one call, while its two sides talk. */
export interface CallMeasures {
  /** Takes what the line has counted; returns how good it is now, where that can be told. */
  read(reading: LineReading): LineQuality | undefined;
  /** Takes how loud both sides were, as `TalkMeter.hear` does. */
  hear(meanSquares: Float32Array): void;
  /** The call is held, or another one is talked in: what happens meanwhile is neither fault nor talk. */
  pause(): void;
  figures(): CallFigures | undefined;
}

export function createCallMeasures(): CallMeasures {
  const talk = createTalkMeter();
  let line: LineHistory = NEW_LINE;

  function pause(): void {
    line = pauseLine(line);
    talk.pause();
  }

  return {
    read(reading) {
      line = readLine(line, reading);
      return lineQuality(line);
    },
    hear: talk.hear,
    pause,
    figures() {
      pause();
      const figures = { ...lineMeans(line), ...talk.figures() };
      return Object.keys(figures).length === 0 ? undefined : figures;
    },
  };
}
