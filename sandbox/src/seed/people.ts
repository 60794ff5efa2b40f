interface SeedAccount {
  readonly Name: string;
  readonly Industry: string;
  readonly Phone: string;
  readonly BillingCity: string;
  readonly BillingCountry: string;
}

/** Numbers are ones set aside for fiction; the last two digits tell the switch how the prospect behaves. */
export const ACCOUNTS: readonly SeedAccount[] = [
  account('Alder & Finch Clinics', 'Healthcare', '+1 303 555 0100', 'Denver', 'United States'),
  account('Brightwater Marinas', 'Recreation', '+1 303 555 0101', 'Boulder', 'United States'),
  account('Cobalt Ridge Mining', 'Energy', '+1 303 555 0102', 'Golden', 'United States'),
  account('Dovetail Joinery', 'Manufacturing', '+44 20 7946 0103', 'London', 'United Kingdom'),
  account('Elmstead Schools', 'Education', '+44 20 7946 0104', 'London', 'United Kingdom'),
  account('Falkenberg Logistik', 'Transportation', '+49 30 23125 105', 'Berlin', 'Germany'),
  account('Greyling Hotels', 'Hospitality', '+1 303 555 0106', 'Denver', 'United States'),
  account('Harrow Instruments', 'Manufacturing', '+1 303 555 0107', 'Fort Collins', 'United States'),
];

interface SeedContact {
  readonly FirstName: string;
  readonly LastName: string;
  readonly Title: string;
  /** Index into {@link ACCOUNTS}. */
  readonly account: number;
  readonly Phone?: string;
  readonly MobilePhone?: string;
  readonly Email: string;
  readonly DoNotCall?: boolean;
}

export const CONTACTS: readonly SeedContact[] = [
  contact('Ana', 'Ruiz', 'Head of Purchasing', 0, '+1 303 555 0110', '+1 303 555 0142'),
  contact('Jonas', 'Whitfield', 'Practice Manager', 0, '+1 303 555 0111', '+1 303 555 0152'),
  contact('Priya', 'Raman', 'Finance Director', 0, '+1 303 555 0112'),
  contact('Lena', 'Hartwig', 'Fleet Manager', 1, '+1 303 555 0113', '+1 303 555 0187'),
  contact('Oscar', 'Delgado', 'Harbour Master', 1, '+1 303 555 0160'),
  contact('Kim', 'Wu', 'Operations Lead', 1, undefined, '+1 303 555 0114'),
  contact('Samuel', 'Adeyemi', 'Site Director', 2, '+1 303 555 0170', '+1 303 555 0115'),
  contact('Grace', 'Tanner', 'Safety Officer', 2, '+1 303 555 0197'),
  contact('Viktor', 'Maslov', 'Buyer', 2, '+1 303 555 0180'),
  contact('Harriet', 'Cole', 'Workshop Owner', 3, '+44 20 7946 0116', '+44 20 7946 0152'),
  contact('Declan', 'Moore', 'Estimator', 3, '+44 20 7946 0117'),
  contact('Amara', 'Osei', 'Bursar', 4, '+44 20 7946 0118'),
  contact('Rhys', 'Bevan', 'Head of IT', 4, '+44 20 7946 0190', '+44 20 7946 0119'),
  contact('Imogen', 'Clarke', 'Governor', 4),
  contact('Jürgen', 'Vogt', 'Einkaufsleiter', 5, '+49 30 23125 120'),
  contact('Silke', 'Brandt', 'Disponentin', 5, '+49 30 23125 121', '+49 30 23125 152'),
  contact('Noah', 'Berger', 'Lagerleiter', 5, '+49 30 23125 122'),
  contact('Beatriz', 'Fonseca', 'General Manager', 6, '+1 303 555 0123', '+1 303 555 0124'),
  contact('Elliot', 'Nash', 'Events Manager', 6, '+1 303 555 0155'),
  contact('Wanda', 'Kowalski', 'Head Housekeeper', 6, '+1 303 555 0126'),
  contact('Malik', 'Haddad', 'Procurement Lead', 7, '+1 303 555 0127', '+1 303 555 0128'),
  contact('Freya', 'Lund', 'Chief Engineer', 7, '+1 303 555 0129'),
  contact('Ivan', 'Petrov', 'Quality Manager', 7, '+1 303 555 0163'),
  { ...contact('Rosalind', 'Pike', 'Accounts Payable', 7, '+1 303 555 0130'), DoNotCall: true },
];

function account(
  Name: string,
  Industry: string,
  Phone: string,
  BillingCity: string,
  BillingCountry: string,
): SeedAccount {
  return { Name, Industry, Phone, BillingCity, BillingCountry };
}

function contact(
  FirstName: string,
  LastName: string,
  Title: string,
  accountIndex: number,
  Phone?: string,
  MobilePhone?: string,
): SeedContact {
  return {
    FirstName,
    LastName,
    Title,
    account: accountIndex,
    Email: `${FirstName}.${LastName}@example.com`.toLowerCase(),
    ...(Phone === undefined ? {} : { Phone }),
    ...(MobilePhone === undefined ? {} : { MobilePhone }),
  };
}
