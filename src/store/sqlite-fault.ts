import { StoreFull } from '../exchange/store.ts';
import { StoreFault } from './store-fault.ts';

/** SQLite's result codes (https://www.sqlite.org/rescode.html), their lowest byte. */
const busy = 5;
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const noDatabase = 26;

/** What the operating system says where there is no room: the disk, a quota, the largest file. */
const roomless = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** A file that cannot grow: SQLite tells a full disk from a quota, but not a quota from a broken disk. */
const cannotGrow = [ioError | (3 << 8), ioError | (19 << 8)];

const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;

/** Whether another connection keeps the database, so that trying again may help. */
export const isBusy = (error: unknown): boolean => ((codeOf(error) ?? 0) & 0xff) === busy;

/** The fault in our words where it is none of ours. */
export function storeFault(error: unknown): unknown {
  if (error instanceof StoreFull || error instanceof StoreFault) return error;
  const code = codeOf(error);
  if (isRoomless(error) || (code !== undefined && cannotGrow.includes(code))) return storeFull(error);
  switch ((code ?? 0) & 0xff) {
    case full:
      return storeFull(error);
    case busy:
      return new StoreFault('busy', error);
    case noDatabase:
      return new StoreFault('foreign', error);
    case corrupt:
      return new StoreFault('damaged', error);
    case cannotOpen:
    case readOnly:
      return new StoreFault('unopenable', error);
    default:
      return error;
  }
}

const storeFull = (cause: unknown): StoreFull =>
  new StoreFull('There is no room left for the store, or its disk cannot be written.', { cause });

const isRoomless = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && roomless.includes(String(error.code));
