import { crearCuentaDePrueba, type ServidorDePrueba } from './servidor.ts'

/** An account that is gerente of one sucursal. Gives its usuarioId. */
export async function darCuentaDeGerente(servidor: ServidorDePrueba, negocioId: string, sucursalId: string): Promise<string> {
  const { usuarioId } = await crearCuentaDePrueba(servidor, { nombre: 'Gerente' })
  const fila = { negocio_id: negocioId, usuario_id: usuarioId, papel: 'gerente', sucursal_id: sucursalId }
  await servidor.db.negocio(negocioId, (sql) => sql`insert into negocio_cuentas ${sql(fila)}`)
  return usuarioId
}
