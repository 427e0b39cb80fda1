import { abrirDbPgDePrueba } from '../testing/db.ts'
import { aislamiento } from './aislamiento-casos.ts'

aislamiento('PostgreSQL', abrirDbPgDePrueba).run()
