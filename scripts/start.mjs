// npm start: builds the client if it is missing or older than its sources (one built elsewhere, CLIENT_DIR, is taken as it is), then becomes
// the server. One process, so that a signal meant for the server reaches it.
import { register } from 'tsx/esm/api'
import { buildClient, clientIsStale } from './lib/build-client.mjs'

if (!process.env.CLIENT_DIR && clientIsStale()) {
  console.log('building the client…')
  buildClient()
}
register()
await import(String(new URL('../sync-server/main.ts', import.meta.url)))
