/** Cupones as the verbs read them. Every read is in one negocio. */
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { seVendeEn } from '../../../schema/domain/articulos/articulo.ts'
import type { CuponUsuario, DefinicionDeCupon } from '../../../schema/domain/hechos/libro.ts'
import { type DocEditable, estaBorrado } from '../../../schema/merge/campos.ts'
import type { Tx } from '../../db/db.ts'
import { columnasDeCupon, columnasDeCuponUsuario } from '../../sync/leer-mostrador.sql.ts'
import { estaVivo } from '../articulos/leer.sql.ts'
import type { Portador } from '../articulos/portador.ts'

export interface CuponLeido {
  definicion: DefinicionDeCupon
  /** R9: also when it was only ever edited before. */
  borrado: boolean
  usados: number
}
type Fila = DefinicionDeCupon & DocEditable & { usados: number }

const comoLeido = ({ usados, borrado, sellos, ...definicion }: Fila): CuponLeido => ({
  definicion,
  usados,
  borrado: estaBorrado({ borrado, sellos }),
})

/** Undefined: there is none, not even a deleted one. */
export async function leerCupon(sql: Tx, negocioId: string, id: string): Promise<CuponLeido | undefined> {
  const [fila] = await sql<Fila[]>`select ${columnasDeCupon(sql)}, usados from cupones where negocio_id = ${negocioId} and id = ${id}`
  return fila && comoLeido(fila)
}

/** Those that are not deleted. */
export async function leerCupones(sql: Tx, negocioId: string): Promise<CuponLeido[]> {
  const filas = await sql<Fila[]>`
    select ${columnasDeCupon(sql)}, usados from cupones where negocio_id = ${negocioId} and ${estaVivo(sql)} order by vence_at, id`
  return filas.map(comoLeido)
}

/** Of several with one code, which two Studios may make: that in force, then the one that ends last. */
export async function cuponPorCodigo(sql: Tx, negocioId: string, codigo: string): Promise<CuponLeido | undefined> {
  const [fila] = await sql<Fila[]>`
    select ${columnasDeCupon(sql)}, usados from cupones where negocio_id = ${negocioId} and codigo = ${codigo}
    order by (activo and ${estaVivo(sql)}) desc, vence_at desc, id limit 1`
  return fila && comoLeido(fila)
}

/** `corto`: what its QR says of it (schema/domain/tarjetas/qr-cupon.ts). */
export async function cuponPorCorto(sql: Tx, negocioId: string, corto: string): Promise<CuponLeido | undefined> {
  const [fila] = await sql<Fila[]>`
    select ${columnasDeCupon(sql)}, usados from cupones where negocio_id = ${negocioId} and right(replace(id::text, '-', ''), 16) = ${corto} limit 1`
  return fila && comoLeido(fila)
}

/** What a client has of these cupones, by cupón. */
export async function leerSuyos(sql: Tx, negocioId: string, usuarioId: string): Promise<Map<string, CuponUsuario>> {
  const filas = await sql<CuponUsuario[]>`
    select ${columnasDeCuponUsuario(sql)} from cupon_usuarios where negocio_id = ${negocioId} and usuario_id = ${usuarioId}`
  return new Map(filas.map((f) => [f.cuponId, f]))
}

/** Whose code this is. */
export async function leerDueno(sql: Tx, negocioId: string, codigoUnico: string): Promise<CuponUsuario | undefined> {
  const [fila] = await sql<CuponUsuario[]>`
    select ${columnasDeCuponUsuario(sql)} from cupon_usuarios where negocio_id = ${negocioId} and codigo_unico = ${codigoUnico}`
  return fila
}

export async function nombreDelNegocio(sql: Tx, negocioId: string): Promise<string> {
  const [fila] = await sql<{ nombre: string }[]>`select nombre from negocios where negocio_id = ${negocioId}`
  return fila?.nombre ?? ''
}

/** One that is not deleted and counts where this account or Studio works. @throws Rechazo NO_ENCONTRADO */
export async function leerAlcanzable(sql: Tx, p: Pick<Portador, 'negocioId' | 'sucursalId'>, id: string): Promise<CuponLeido> {
  const cupon = await leerCupon(sql, p.negocioId, id)
  if (!cupon || cupon.borrado || !seVendeEn(cupon.definicion, p.sucursalId)) throw new Rechazo('NO_ENCONTRADO')
  return cupon
}
