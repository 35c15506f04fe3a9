/** A value where it is a text, else nothing: a wrong shape is reported elsewhere. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
