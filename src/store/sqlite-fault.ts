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

/** A file that cannot grow: writing it, its log, or the index of the log. */
const cannotGrow = [ioError | (3 << 8), ioError | (19 << 8)];

const codeOf = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;

/** Whether another connection keeps the database, so that trying again may help. */
export const isBusy = (error: unknown): boolean => ((codeOf(error) ?? 0) & 0xff) === busy;

/** The fault in our words where it is none of ours. `spare`: whether the disk has room to spare. */
export function storeFault(error: unknown, spare: () => boolean): unknown {
  if (error instanceof StoreFull || error instanceof StoreFault) return error;
  if (isRoomless(error)) return new StoreFull('There is no room left for the store.', { cause: error });
  const code = codeOf(error);
  if (code === undefined) return error;
  if (cannotGrow.includes(code) && !spare()) {
    return new StoreFull('There is no room left for the store.', { cause: error });
  }
  switch (code & 0xff) {
    case full:
      return new StoreFull('There is no room left for the store.', { cause: error });
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

const isRoomless = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && roomless.includes(String(error.code));
