import { abrirDbPgDePrueba } from '../testing/db.ts'
import { contrato } from './contrato.ts'

contrato('PostgreSQL', abrirDbPgDePrueba).run()
