/**
 * zod writes faster parsers with `new Function` where it may, and tries once at import. Under a policy that forbids it the try itself is
 * reported, so it is told beforehand. Imported before any schema is made.
 */
import { config } from 'zod'

config({ jitless: true })
