import { abrirDbDePrueba } from '../testing/db.ts'
import { contrato } from './contrato.ts'

contrato('PGlite', abrirDbDePrueba).run()
