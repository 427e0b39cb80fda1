/** CUP-16. A shopper keeps a cupón that is for everybody, before using it. */
import type { z } from 'zod'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import type { ContenidoDeConfiguracionApp } from '../../../schema/domain/configuracion-app/configuracion-app.ts'
import { seOfrecenExclusivos } from '../../../schema/domain/configuracion-app/reglas.ts'
import { alcanzaNivel, esPronto } from '../../../schema/domain/cupones/adelanto.ts'
import { seAgoto } from '../../../schema/domain/cupones/cupon.ts'
import type { Nivel } from '../../../schema/domain/niveles/nivel.ts'
import type { Deps } from '../../context.ts'
import type { Tx } from '../../db/db.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { escribirEnNegocio } from '../escribir.ts'
import { darCupon } from './dar.sql.ts'
import type { miCuponRest } from './forma.ts'
import { type CuponLeido, leerCupon, leerSuyos, nombreDelNegocio } from './leer.sql.ts'
import { miCuponDe } from './mios.ts'

/** The shopper's nivel, and what the platform gives it (CARD-15). */
export interface NivelConBeneficios {
  nivel: Nivel
  app: ContenidoDeConfiguracionApp
}

/** @throws Rechazo SESION_VENCIDA when the account was erased meanwhile */
export const nivelDe = (deps: Pick<Deps, 'db'>, usuarioId: string): Promise<NivelConBeneficios> =>
  deps.db.usuario(usuarioId, async (sql) => {
    const [fila] = await sql<{ nivelCardya: Nivel }[]>`select nivel_cardya from usuarios where id = ${usuarioId} and borrado_at is null`
    if (!fila) throw new Rechazo('SESION_VENCIDA')
    return { nivel: fila.nivelCardya, app: (await configuracionDeApp(sql)).contenido }
  })

/**
 * Keeping it twice is keeping it once. Whoever was given one that is not for everybody has it already.
 * @throws Rechazo NO_ENCONTRADO (there is none, or it is not for everybody), cupon_inactivo, cupon_vencido, cupon_repetido (its uses in all are spent),
 * cupon_no_empieza, cupon_nivel
 */
export async function guardarCupon(
  deps: Deps,
  usuarioId: string,
  negocioId: string,
  cuponId: string,
): Promise<z.input<typeof miCuponRest>> {
  const quien = await nivelDe(deps, usuarioId)
  const leer = async (sql: Tx) => ({
    cupon: await leerCupon(sql, negocioId, cuponId),
    suyo: (await leerSuyos(sql, negocioId, usuarioId)).get(cuponId),
  })
  const antes = await deps.db.negocio(negocioId, leer)
  if (!antes.cupon || (!antes.cupon.definicion.publico && antes.suyo?.origen !== 'asignado')) throw new Rechazo('NO_ENCONTRADO')
  if (!antes.suyo || antes.suyo.origen === 'usado') {
    exigirOfrecido(antes.cupon, quien, deps.now())
    await escribirEnNegocio(deps, negocioId, async (sql, ahora, contador) => {
      // As it is now: an edit that was told to its holders a moment ago was not told to this one.
      const cupon = await leerCupon(sql, negocioId, cuponId)
      if (!cupon) throw new Rechazo('NO_ENCONTRADO')
      exigirOfrecido(cupon, quien, deps.now())
      const { cambios } = await darCupon(deps, sql, contador, cupon, [usuarioId], 'guardado', ahora)
      return { resultado: undefined, cambios }
    })
    deps.hub.despertarProyector([usuarioId])
  }
  return deps.db.negocio(negocioId, async (sql) => {
    const { cupon, suyo } = await leer(sql)
    if (!cupon || !suyo) throw new Rechazo('NO_ENCONTRADO')
    return miCuponDe({ negocioId, negocioNombre: await nombreDelNegocio(sql, negocioId) }, cupon, suyo, deps.now())
  })
}

function exigirOfrecido({ definicion: c, borrado, usados }: CuponLeido, { nivel, app }: NivelConBeneficios, ahora: number): void {
  if (!c.activo || borrado) throw new Rechazo('cupon_inactivo')
  if (ahora > c.venceAt) throw new Rechazo('cupon_vencido')
  if (seAgoto(c, usados)) throw new Rechazo('cupon_repetido')
  if (esPronto(c, nivel, ahora, app)) throw new Rechazo('cupon_no_empieza')
  if (!alcanzaNivel(c, nivel) || !seOfrecenExclusivos(c.nivelRequerido, app)) throw new Rechazo('cupon_nivel')
}
