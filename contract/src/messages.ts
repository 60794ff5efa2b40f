import type { DialAnswer, DialRequest } from './phone.ts';

/** On the message channel `Scoreline_Dial__c`: a dial button asks the phone to call. */
export type DialMessage = DialRequest;

/** On the message channel `Scoreline_Call__c`: the phone tells the page what became of a request or call. */
export type CallMessage =
  | { readonly kind: 'dialAnswered'; readonly requestId: string; readonly answer: DialAnswer }
  | {
      readonly kind: 'callStateChanged';
      readonly callId: string;
      readonly requestId: string;
      readonly recordId?: string | undefined;
      readonly state: string;
    }
  /** The rep has chosen the outcome and wants to go on to the next person. */
  | { readonly kind: 'nextWanted'; readonly callId: string; readonly recordId?: string | undefined }
  | {
      readonly kind: 'callSaved';
      readonly callId: string;
      readonly recordId?: string | undefined;
      /** The ledger position a scorecard's watermark must reach to include this call. */
      readonly position: number;
    };
