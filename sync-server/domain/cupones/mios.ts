/** What a shopper holds (CUP-08, 13, 17; CARD-12..14), and what a negocio offers to somebody of that nivel. */
import { z } from 'zod'
import { seOfrece } from '../../../schema/domain/cupones/adelanto.ts'
import type { TipoDeCupon } from '../../../schema/domain/cupones/cupon.ts'
import type { CuponUsuario } from '../../../schema/domain/hechos/libro.ts'
import type { Nivel } from '../../../schema/domain/niveles/nivel.ts'
import type { MiaDoc } from '../../../schema/protocol/documentos.ts'
import type { Deps } from '../../context.ts'
import { pesos } from '../transacciones/consultar.ts'
import { comoCuponRest, cuponRest, estadoDeMiCupon, miCuponRest, rutaDeImagen, valorRest } from './forma.ts'
import { nivelDe } from './guardar.ts'
import { type CuponLeido, leerCupones, leerSuyos } from './leer.sql.ts'

type MiCupon = z.infer<typeof miCuponRest>
type DocDeCupon = Extract<MiaDoc, { tipo: 'cupon' }>

export const misCupones = z.object({
  vigentes: z.array(miCuponRest),
  usados: z.array(miCuponRest),
  expirados: z.array(miCuponRest),
  /** CUP-17. Pesos, of purchases that stand, with the card or without it: one that was claimed later counts once. */
  ahorroTotal: z.number(),
})

/** Those that end first, first; of the past, the latest first. Out of the shopper's own stream. */
export function leerMisCupones(deps: Pick<Deps, 'db' | 'now'>, usuarioId: string): Promise<z.infer<typeof misCupones>> {
  const ahora = deps.now()
  return deps.db.usuario(usuarioId, async (sql) => {
    const filas = await sql<{ doc: DocDeCupon }[]>`select doc from mias where usuario_id = ${usuarioId} and tipo = 'cupon'`
    const [ahorro] = await sql<{ centavos: number }[]>`
      select coalesce(sum((m.doc ->> 'descuentoCentavos')::bigint), 0)::bigint as centavos from mias m
      where m.usuario_id = ${usuarioId} and m.tipo in ('venta', 'ahorro') and m.doc ->> 'estado' = 'completada'
        and not (m.tipo = 'ahorro' and exists (
          select from mias v where v.usuario_id = m.usuario_id and v.id = 'venta' || substr(m.id, length('ahorro') + 1)))`
    const todos = filas.map(({ doc }) => deDocumento(doc, ahora))
    const de = (estado: MiCupon['estado']) => todos.filter((c) => c.estado === estado)
    return {
      vigentes: de('vigente').sort((a, b) => a.venceAt - b.venceAt),
      usados: de('usado').sort((a, b) => (b.usadoAt ?? 0) - (a.usadoAt ?? 0)),
      expirados: de('expirado').sort((a, b) => b.venceAt - a.venceAt),
      ahorroTotal: pesos(ahorro?.centavos ?? 0),
    }
  })
}

const deDocumento = (d: DocDeCupon, ahora: number): MiCupon => ({
  ...{ cuponId: d.cuponId, negocioId: d.negocioId, negocioNombre: d.negocioNombre, titulo: d.titulo, descripcion: d.descripcion },
  ...{ tipo: d.clase as TipoDeCupon, valor: valorRest({ tipo: d.clase, valor: d.valor }), compraMinima: pesos(d.compraMinimaCentavos) },
  ...{ desdeAt: d.desdeAt, venceAt: d.venceAt, limitePorCliente: d.limitePorCliente, codigo: d.codigo },
  ...{ nivelRequerido: d.nivelRequerido as Nivel | null, imagen: rutaDeImagen(d.negocioId, d.imagen), estado: estadoDeMiCupon(d, ahora) },
  ...{ codigoUnico: d.codigoUnico, usados: d.usados, guardadoAt: d.guardadoAt, usadoAt: d.usadoAt },
})

/** The same of the rows of a negocio. */
export function miCuponDe(
  negocio: { negocioId: string; negocioNombre: string },
  { definicion, borrado }: CuponLeido,
  suyo: CuponUsuario,
  ahora: number,
): MiCupon {
  const { soloConConexion: _c, sucursales: _s, ...rest } = comoCuponRest(negocio.negocioId, definicion)
  const { usados, codigoUnico, guardadoAt, usadoAt } = suyo
  const activo = definicion.activo && !borrado
  const estado = estadoDeMiCupon({ ...definicion, usados, activo }, ahora)
  return { ...rest, ...negocio, estado, codigoUnico, usados, guardadoAt, usadoAt }
}

export const cuponesDisponibles = z.object({
  nivel: miCuponRest.shape.nivelRequerido.unwrap(),
  /** `guardado`: the shopper has it. */
  cupones: z.array(cuponRest.extend({ guardado: z.boolean() })),
})

/** CUP-26, 27. What is for everybody, and for the shopper's nivel, of a negocio; nothing of one that does not exist. */
export async function leerDisponibles(
  deps: Pick<Deps, 'db' | 'now'>,
  usuarioId: string,
  negocioId: string,
): Promise<z.infer<typeof cuponesDisponibles>> {
  const { nivel, app } = await nivelDe(deps, usuarioId)
  const ahora = deps.now()
  return deps.db.negocio(negocioId, async (sql) => {
    const suyos = await leerSuyos(sql, negocioId, usuarioId)
    const cupones = (await leerCupones(sql, negocioId))
      .filter((c) => seOfrece(c.definicion, c.usados, nivel, ahora, app))
      .map(({ definicion }) => definicion)
    return {
      nivel,
      cupones: cupones
        .filter((c) => (suyos.get(c.id)?.usados ?? 0) < c.limitePorCliente)
        .map((c) => ({ ...comoCuponRest(negocioId, c), guardado: (suyos.get(c.id)?.origen ?? 'usado') !== 'usado' })),
    }
  })
}
