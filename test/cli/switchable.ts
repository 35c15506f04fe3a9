import express from 'express';
import { embeddedServer } from '../../src/http/embedded-server.ts';
import { listen } from '../http/service.ts';

/** A FHIR server that can be away. */
export async function switchable(): Promise<{ base: string; away: boolean }> {
  const target = { base: '', away: false };
  const app = express();
  app.use((request, _response, next) => {
    if (target.away) request.socket.destroy();
    else next();
  });
  app.use(embeddedServer());
  target.base = await listen(app);
  return target;
}
