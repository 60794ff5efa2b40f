import type { OutcomeEvent } from '@scoreline/contract';
import type {
  Acknowledgement,
  CallerRequest,
  CallerResponse,
  EventsRequest,
  PermitRequest,
  PermitResponse,
  RecentCallsResponse,
  RecordChoiceRequest,
  RecordChoiceResponse,
  SessionResponse,
  TransferRequest,
  VoicemailResponse,
} from '@scoreline/contract/wire';

/** The relay. Every method rejects with a PhoneError: the relay's own error, or `relayUnreachable`. */
export interface Relay {
  openSession(orgToken: string): Promise<SessionResponse>;
  requestPermit(relayToken: string, request: PermitRequest): Promise<PermitResponse>;
  requestTransfer(relayToken: string, callId: string, request: TransferRequest): Promise<PermitResponse>;
  requestRejoin(relayToken: string, callId: string): Promise<PermitResponse>;
  sendEvents(relayToken: string, callId: string, request: EventsRequest): Promise<Acknowledgement>;
  sendOutcome(relayToken: string, callId: string, outcome: OutcomeEvent): Promise<Acknowledgement>;
  findCaller(relayToken: string, request: CallerRequest): Promise<CallerResponse>;
  chooseRecord(
    relayToken: string,
    callId: string,
    choice: RecordChoiceRequest,
  ): Promise<RecordChoiceResponse>;
  readRecent(relayToken: string): Promise<RecentCallsResponse>;
  markMissedSeen(relayToken: string): Promise<void>;
  findVoicemail(relayToken: string, callId: string): Promise<VoicemailResponse>;
}
