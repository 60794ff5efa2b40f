export {
  basisWords,
  besideWords,
  evidenceWords,
  leftOutWords,
  likelyWords,
  noScoreWords,
  periodWords,
  pointsWords,
  rampWords,
  scoreWords,
} from './cardWords.ts';
export { gainWords, leverWords } from './leverWords.ts';
export {
  detailsOf,
  fairnessWords,
  figureWords,
  fractionWords,
  pointsOfWords,
  rangeWords,
} from './metricWords.ts';
export type { Detail } from './metricWords.ts';
export { periodLines, shortPeriodNote, shortPeriodsOf } from './shortPeriodWords.ts';
export type { PeriodLine, ShortPeriod } from './shortPeriodWords.ts';
export { metricVerdictWords, previousOnScale, scoreVerdictWords, verdictWord } from './verdictWords.ts';
