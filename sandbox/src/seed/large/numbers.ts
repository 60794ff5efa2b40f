export type Country = 'US' | 'GB' | 'DE';

/** Area codes; in each of them 555-0100 to 555-0199 are set aside for fiction. */
const US_AREAS: readonly number[] = [
  201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229,
  231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 281, 301, 302, 303, 304, 305,
  307, 308, 309, 310, 312, 313,
];
/** Thousands of numbers that the British regulator keeps free for drama. */
const GB_THOUSANDS: readonly string[] = [
  '20 7946 0',
  '113 496 0',
  '114 496 0',
  '115 496 0',
  '116 496 0',
  '117 496 0',
  '118 496 0',
  '121 496 0',
  '131 496 0',
  '141 496 0',
];
/** The same of the German one. */
const DE_THOUSANDS: readonly string[] = ['30 23125 ', '69 90009 ', '40 66969 ', '221 4710 ', '89 99998 '];

/** Gives out fictional numbers, each once while they last; their last two digits tell how the prospect behaves. */
export function createNumbers(): (country: Country) => string {
  const given: Record<Country, number> = { US: 0, GB: 0, DE: 0 };
  return (country) => {
    const index = given[country];
    given[country] += 1;
    if (country === 'US') {
      const area = US_AREAS[Math.floor(index / 100) % US_AREAS.length] ?? 303;
      return `+1 ${area} 555 01${String(index % 100).padStart(2, '0')}`;
    }
    const thousands = country === 'GB' ? GB_THOUSANDS : DE_THOUSANDS;
    const start = thousands[Math.floor(index / 1_000) % thousands.length] ?? '';
    return `+${country === 'GB' ? 44 : 49} ${start}${String(index % 1_000).padStart(3, '0')}`;
  };
}

/** A number as the relay keeps it. */
export function e164(number: string): string {
  return number.replaceAll(' ', '');
}
