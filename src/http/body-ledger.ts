/** How many bytes of bodies are in memory: being read, or not yet on disk. */
export class BodyLedger {
  readonly #bound: number;
  readonly #waiting = new Set<() => void>();
  #held = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }

  /** Whether there is no room for this many more; without a number, for any. */
  isOver(more = 1): boolean {
    return this.#held + more > this.#bound;
  }

  take(bytes: number): void {
    this.#held += bytes;
  }

  free(bytes: number): void {
    this.#held -= bytes;
    if (!this.isOver()) for (const tell of this.#waiting) tell();
  }

  /** Calls back whenever bytes were freed and there is room, until the returned function is called. */
  onRoom(tell: () => void): () => void {
    this.#waiting.add(tell);
    return () => void this.#waiting.delete(tell);
  }
}
