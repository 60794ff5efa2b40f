/** Chance, handed in so that tests can fix it. */
export interface Random {
  /** 32 hexadecimal digits from a cryptographic source. */
  hex32(): string;
  /** A number in [0, 1), good enough to spread retries. */
  fraction(): number;
}
