import { z } from 'zod';
import { partId, text, time } from './fields.ts';

export const corrected = z.strictObject({ at: time, reason: text().optional() });

/** What every part carries: its own id, and that it was corrected, if the source says so. */
export const part = { id: partId, corrected: corrected.optional() };
