/** Modules whose value is the signed-in user's, so they are known only when the page starts. */
export const USER_MODULES: readonly string[] = [
  '@salesforce/i18n/locale',
  '@salesforce/i18n/timeZone',
  '@salesforce/user/Id',
  '@salesforce/user/isGuest',
];
