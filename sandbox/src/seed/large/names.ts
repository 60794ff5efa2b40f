export const FIRST_NAMES: readonly string[] = (
  'Ada Ahmed Alice Amara Andre Anika Anton Astrid Ben Bianca Bruno Camille Carlos Chen Clara Daniel Dara David Diego ' +
  'Dina Edgar Elena Elif Emil Emma Erik Esther Fatima Felix Fiona Frank Gabriel Gemma Greta Hana Hannah Hassan Helen ' +
  'Hugo Ines Isaac Ivy Jack Jana Jasper Joan Jonas Julia Kai Karim Katya Kofi Lara Laura Leo Lina Louis Lucia Magnus ' +
  'Maria Marco Mateo Maud Mina Mira Nadia Naomi Nils Nina Noor Olga Oliver Omar Oscar Paula Pavel Pia Priya Quentin ' +
  'Rafael Rania Ravi Rosa Ruth Samir Sara Sofia Stefan Tara Theo Tilda Uma Vera Victor Wei Yara Yusuf Zoe'
).split(' ');

export const LAST_NAMES: readonly string[] = (
  'Abbott Adler Ahmadi Alvarez Andersen Baptiste Barros Becker Bell Berg Bianchi Blake Bogdan Brandt Brooks Cardoso ' +
  'Carver Castillo Chandra Cohen Costa Dahl Dawson Diaz Dietrich Dubois Eklund Ellis Engel Esposito Farouk Ferreira ' +
  'Fischer Flores Fowler Garcia Gibson Graf Grant Haas Hansen Hart Hassan Hoffmann Holt Ibrahim Iversen Jansen Jensen ' +
  'Kaya Keller Khan Kim Klein Kowalski Kumar Lang Larsen Laurent Lehmann Lindgren Lopez Maier Marsh Martin Mehta ' +
  'Mendes Meyer Moreau Murphy Nakamura Navarro Neumann Novak Okoye Olsen Ortiz Osman Park Patel Pereira Petersen ' +
  'Quinn Reyes Richter Rossi Roth Sanders Santos Sato Schmitt Shaw Silva Singh Sommer Stone Suzuki Tanaka Thorne ' +
  'Torres Vance Vargas Vogel Wagner Walsh Weber Winter Wolfe Yamada Young Zhang Ziegler'
).split(' ');

export const TITLES: readonly string[] = [
  'Head of Purchasing',
  'Operations Manager',
  'Finance Director',
  'Managing Director',
  'Buyer',
  'Store Manager',
  'Head of Training',
  'Facilities Manager',
  'Events Manager',
  'Chief Operating Officer',
];

export const COMPANY_FIRST: readonly string[] = (
  'Alder Amber Anchor Aspen Beacon Birch Bluff Bramble Bridge Cedar Cliff Coast Copper Crest Delta Dune Eagle Elm Ember ' +
  'Falcon Fern Field Fjord Forge Glen Granite Grove Harbor Hawk Hazel Heron Highland Iron Juniper Kestrel Lake Larch ' +
  'Linden Maple Meadow Mill Moss North Oak Orchard Otter Pine Quarry Raven Ridge River Rowan Sage Silver Slate Spruce ' +
  'Stone Summit Sycamore Tarn Thistle Timber Vale West Willow Wren'
).split(' ');

export const COMPANY_SECOND: readonly string[] = (
  'Outfitters Camps Resorts Trails Sports Schools Lodges Rentals Travel Cycles Boats Gyms Guides Parks Stores Clubs ' +
  'Events Logistics Adventures Trading'
).split(' ');

export const INDUSTRIES: readonly string[] = [
  'Apparel',
  'Consulting',
  'Hospitality',
  'Recreation',
  'Retail',
  'Transportation',
];

export const NOTES: readonly string[] = [
  'Asked for the price list.',
  'Budget is decided next quarter.',
  'Has a supplier until spring; call again then.',
  'Wants to see samples before a meeting.',
  'Not the right person; gave the name of a colleague.',
  'Happy with the last delivery.',
  'Compares us with two others.',
  'Needs a quote for two sites.',
];

/** What the company sells: name, code, family, price. */
export const PRODUCTS: readonly (readonly [name: string, code: string, family: string, price: number])[] = [
  ['Base Tent, 4 people', 'TENT-4', 'Tents', 420],
  ['Expedition Tent', 'TENT-X', 'Tents', 890],
  ['Event Pavilion', 'TENT-P', 'Tents', 3_400],
  ['Sleeping Bag, 0 °C', 'BAG-0', 'Sleeping', 140],
  ['Sleeping Bag, −20 °C', 'BAG-20', 'Sleeping', 310],
  ['Folding Bed', 'BED-1', 'Sleeping', 95],
  ['Field Stove', 'STOVE-1', 'Kitchen', 120],
  ['Camp Kitchen', 'KITCH-1', 'Kitchen', 1_150],
  ['Kayak', 'KAYAK-1', 'Water', 780],
  ['Rental Fleet, 10 Kayaks', 'KAYAK-10', 'Water', 6_900],
  ['Safety Training, one day', 'TRAIN-1', 'Services', 1_600],
  ['Maintenance, one year', 'MAINT-12', 'Services', 2_400],
];
