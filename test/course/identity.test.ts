import { describe, expect, it } from 'vitest';
import {
  courseIdentifier,
  courseServiceId,
  partIdentifier,
  partIdOf,
  serverId,
  uuidV5,
} from '../../src/course/identity.ts';

const course = { system: 'https://clinic.example.org/courses', id: 'C-17' };

describe('identifiers', () => {
  it('are the percent-encoded path with kinds and a facet', () => {
    expect(courseIdentifier(course, 'summary').value).toBe('C-17/course/summary');
    expect(partIdentifier(course, [['s', '3']], 'record').value).toBe('C-17/s/3/record');
    const reading = [
      ['s', '3'],
      ['r', '20'],
    ] as const;
    expect(partIdentifier(course, reading, 'bp').value).toBe('C-17/s/3/r/20/bp');
    expect(partIdentifier(course, [['a', 'ä/|,# 1']], 'total').value).toBe('C-17/a/%C3%A4%2F%7C%2C%23%201/total');
  });

  it('give a part its own id back, whatever is in it', () => {
    for (const id of ['1', 'a/b', '100 %', 'æøå', '😀', 'x'.repeat(300)]) {
      expect(partIdOf(partIdentifier(course, [['s', id]], 'record').value)).toBe(id);
    }
  });
});

describe('ids', () => {
  it('are UUIDv5: the example of RFC 9562, appendix A.4', () => {
    expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
      '2ed6657d-e927-568b-95e1-2665a8aea6a2',
    );
  });

  // Frozen: another value here would make a second copy of every resource on every target.
  it('never change', () => {
    expect(serverId('Observation', courseIdentifier(course, 'summary'))).toBe('c04a2589-b8a8-56f7-a0e2-4aba32c44bb8');
    expect(courseServiceId(course)).toBe('3b7f23ba-497a-5c97-9d66-5f5ef3b63ad1');
  });
});
