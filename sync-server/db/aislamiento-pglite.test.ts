import { abrirDbDePrueba } from '../testing/db.ts'
import { aislamiento } from './aislamiento-casos.ts'

aislamiento('PGlite', abrirDbDePrueba).run()
