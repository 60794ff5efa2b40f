import { entry } from './errorEntry.ts';

/** What can go wrong with a power list. */
export const LIST_ERRORS = {
  listNotFound: entry(
    'SC-330',
    404,
    'You have no such list.',
    'It may have been ended in another window. Choose a list and start again.',
    false,
  ),
  listEnded: entry('SC-331', 409, 'This list has ended.', 'Choose a list and start again.', false),
  listIdReused: entry(
    'SC-332',
    409,
    'This list id belongs to a list of other people.',
    'Nothing was stored. Start the list again.',
    false,
  ),
  personNotReserved: entry(
    'SC-333',
    409,
    'This person is not reserved for you any more.',
    'A colleague may be calling them. Take the next person.',
    false,
  ),
  prospectReserved: entry(
    'SC-334',
    409,
    'Not called: a colleague has this person on their list and is about to call.',
    'Nobody was rung. Ask your colleague, or try again in 15 minutes.',
    false,
  ),
  reportNotFound: entry(
    'SC-335',
    404,
    'You have no such report.',
    'It may have been deleted, or its folder is not shared with you. Choose another one.',
    false,
  ),
  reportNotRun: entry(
    'SC-336',
    502,
    'Salesforce could not run this report.',
    'Open the report: Salesforce says there why. Then try again.',
    true,
  ),
  listUnavailable: entry('SC-403', 503, 'Could not load the list.', 'Nothing is lost. Try again.', true),
} as const;
