import { LightningElement, api } from 'lwc';
import type { Scorecard } from 'c/scorecardRecords';
import {
  besideWords,
  likelyWords,
  noScoreWords,
  periodWords,
  rampWords,
  scoreVerdictWords,
  scoreWords,
} from 'c/scorecardWords';

/** Where a rep stands this quarter, and whether that differs from the last one. */
export default class ScoreHead extends LightningElement {
  @api card!: Scorecard;
  /** The rep's name, when it is not the user's own card. */
  @api owner?: string;

  get score(): string | undefined {
    return scoreWords(this.card);
  }

  get likely(): string | undefined {
    return likelyWords(this.card);
  }

  get period(): string {
    return periodWords(this.card);
  }

  get ramp(): string | undefined {
    return rampWords(this.card);
  }

  get beside(): string | undefined {
    return besideWords(this.card);
  }

  get noScore(): string {
    return noScoreWords(this.card.dials, this.owner);
  }

  get verdictSentence(): string | undefined {
    return this.score === undefined ? undefined : scoreVerdictWords(this.card);
  }
}
