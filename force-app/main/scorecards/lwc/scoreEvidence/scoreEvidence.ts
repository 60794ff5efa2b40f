import { LightningElement, api } from 'lwc';
import type { Scorecard } from 'c/scorecardRecords';
import { basisWords, evidenceWords, leftOutWords, pointsWords } from 'c/scorecardWords';

/**
 * What a card rests on: the points added up, how sure the calls are, which do not count, and how all of it is worked
 * out.
 */
export default class ScoreEvidence extends LightningElement {
  @api card!: Scorecard;

  isReviewShown = false;
  isWorkingShown = false;

  get pointsSum(): string | undefined {
    return pointsWords(this.card);
  }

  get evidence(): string {
    return evidenceWords(this.card);
  }

  get leftOut(): string | undefined {
    return leftOutWords(this.card);
  }

  get basis(): string {
    return basisWords(this.card);
  }

  /** Nothing is to be reviewed where every witness agrees. */
  get hasReview(): boolean {
    return this.card.callsPending + this.card.callsContradicted > 0;
  }

  handleReview(): void {
    this.isReviewShown = !this.isReviewShown;
  }

  handleWorking(): void {
    this.isWorkingShown = !this.isWorkingShown;
  }
}
