// npm start: builds the client if it is missing or older than its sources, then becomes the server. One process, so that a
// signal meant for the server reaches it.
import { register } from 'tsx/esm/api'
import { buildClient, clientIsStale } from './lib/build-client.mjs'

if (clientIsStale()) {
  console.log('building the client…')
  buildClient()
}
register()
await import(String(new URL('../sync-server/main.ts', import.meta.url)))
