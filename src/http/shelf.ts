/** A course that was submitted, as text, and the receipt of its last delivery. */
export interface Shelved {
  readonly courseText: string;
  readonly receiptText: string;
}

/** Where the service keeps what it took. In memory for now; a store takes its place. */
export interface CourseShelf {
  /** Keeps the latest version of a course. */
  keep(id: string, shelved: Shelved): Promise<void>;
  find(id: string): Promise<Shelved | undefined>;
  /** The ids of all courses, the latest submitted last. */
  ids(): Promise<readonly string[]>;
}

export interface ShelfBounds {
  readonly courses: number;
  readonly characters: number;
}

const usualBounds: ShelfBounds = { courses: 10_000, characters: 64 * 1024 * 1024 };

/** A shelf in memory. Where it is full, what was submitted longest ago makes room: the target still has it. */
export function memoryShelf(bounds: ShelfBounds = usualBounds): CourseShelf {
  const shelf = new Map<string, Shelved>();
  let characters = 0;
  const remove = (id: string): void => {
    characters -= sizeOf(shelf.get(id));
    shelf.delete(id);
  };
  return {
    keep: async (id, shelved) => {
      remove(id);
      shelf.set(id, shelved);
      characters += sizeOf(shelved);
      for (const oldest of shelf.keys()) {
        if (shelf.size <= bounds.courses && characters <= bounds.characters) break;
        remove(oldest);
      }
    },
    find: async (id) => shelf.get(id),
    ids: async () => [...shelf.keys()],
  };
}

const sizeOf = (shelved: Shelved | undefined): number =>
  shelved === undefined ? 0 : shelved.courseText.length + shelved.receiptText.length;
