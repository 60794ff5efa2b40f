/** What the E-model needs to know of a line. */
export interface LineImpairments {
  /** From one mouth to the other ear, buffers included. */
  readonly oneWayDelayMs: number;
  /** Packets lost, 0 to 100. */
  readonly lossPercent: number;
}

/** R without any impairment of the network: the default values of ITU-T G.107, table 2. */
const UNIMPAIRED_RATING = 93.2;
/** Ie and Bpl of G.711 with packet loss concealment, as browsers do it (ITU-T G.113, appendix I, tables I.1 and I.4). */
const CODEC_IMPAIRMENT = 0;
const LOSS_ROBUSTNESS = 25.1;
/** From this delay on, people talk into each other's words (Cole and Rosenbluth 2001, figure 1). */
const INTERACTIVE_DELAY_MS = 177.3;

/**
 * The transmission rating R = 93.2 − Id − Ie,eff of ITU-T G.107, simplified for what a phone can measure; at most 93.2,
 * below 0 for a line that is of no use. Ie,eff is section 7.5 of G.107 for random loss; Id is the fit of R. Cole and
 * J. Rosenbluth, "Voice over IP performance monitoring", ACM Computer Communication Review 31(2), 2001.
 */
export function transmissionRating({ oneWayDelayMs, lossPercent }: LineImpairments): number {
  const delayImpairment = 0.024 * oneWayDelayMs + 0.11 * Math.max(0, oneWayDelayMs - INTERACTIVE_DELAY_MS);
  const lossImpairment =
    CODEC_IMPAIRMENT + ((95 - CODEC_IMPAIRMENT) * lossPercent) / (lossPercent + LOSS_ROBUSTNESS);
  return UNIMPAIRED_RATING - delayImpairment - lossImpairment;
}

/** The mean opinion score, 1 to 4.5, that people give a line of rating R (ITU-T G.107, annex B). */
export function meanOpinionScore(rating: number): number {
  if (rating <= 0) return 1;
  if (rating >= 100) return 4.5;
  // Below R = 6.5 the cubic falls under the scale's lowest mark.
  return Math.max(1, 1 + 0.035 * rating + 7e-6 * rating * (rating - 60) * (100 - rating));
}
