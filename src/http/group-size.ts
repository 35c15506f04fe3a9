const least = 8;
const most = 500;

/**
 * How many lines go to the disk at once. Nothing else is answered while a group is read and written, so that it is made
 * smaller where groups take long, and larger where the disk is waited for more often than it need be.
 */
export class GroupSize {
  lines = 50;

  /** A group took so long, in ms. `full`: it had as many lines as it might. */
  took(ms: number, full: boolean): void {
    if (ms > 150) this.lines = Math.max(least, Math.floor(this.lines / 2));
    else if (ms < 50 && full) this.lines = Math.min(most, this.lines * 2);
  }
}
