export { announcementOf } from './announcements.ts';
export {
  awaitsChoice,
  matchesOf,
  personAndCompany,
  personAndLabel,
  personOf,
  recordIdsOf,
  withNames,
} from './callParties.ts';
export type { People, Person } from './callParties.ts';
export {
  adviceWords,
  callWords,
  connectedSeconds,
  consultationOf,
  errorWords,
  isConnected,
  isLive,
  owesOutcome,
  phoneWords,
  ringingCall,
  ringsHere,
  utilityLabel,
} from './callStages.ts';
export { deviceNotice, lineFigures, lineTrouble, troubleOf } from './callTroubles.ts';
