import { isJsonObject, type Json, type JsonObject } from '../../src/json/json.ts';

/** What was written through the front, kept beside the server: it may not have kept the identifiers. */
export class Ledger {
  readonly #held = new Map<string, Map<string, JsonObject>>();

  /** A resource as it was sent is now at this place. */
  written(sent: JsonObject, reference: string): void {
    const name = nameOf(sent);
    if (name === undefined) return;
    const places = this.#held.get(name) ?? new Map<string, JsonObject>();
    this.#held.set(name, places.set(reference, sent));
  }

  deleted(reference: string): void {
    for (const places of this.#held.values()) places.delete(reference);
  }

  /** The places of what was sent under an identifier, `Type|system|value`. */
  placesOf(name: string): readonly string[] {
    return [...(this.#held.get(name)?.keys() ?? [])];
  }

  names(): readonly string[] {
    return [...this.#held].filter(([, places]) => places.size > 0).map(([name]) => name);
  }

  /** Identifiers that two resources were made for. */
  doubled(): readonly string[] {
    return this.names().filter((name) => this.placesOf(name).length > 1);
  }

  forget(): void {
    this.#held.clear();
  }
}

/** `Type|system|value` of the first identifier of a resource. */
export function nameOf(resource: JsonObject): string | undefined {
  const { resourceType, identifier } = resource;
  const first: Json | undefined = Array.isArray(identifier) ? (identifier as readonly Json[])[0] : identifier;
  if (typeof resourceType !== 'string' || first === undefined || !isJsonObject(first)) return undefined;
  return [resourceType, first['system'], first['value']].map(String).join('|');
}
