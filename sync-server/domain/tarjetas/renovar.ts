/** A fresh certificate for a key that this shopper enrolled before (CARD-33). The QR itself is signed on the phone: decisions/0015. */
import { aBase64, deBase64 } from '../../../schema/core/ids.ts'
import { Rechazo } from '../../../schema/core/rechazo.ts'
import { type ReglasDeLaPlataforma, reglasDeLaPlataforma } from '../../../schema/domain/configuracion-app/reglas.ts'
import type { Nivel } from '../../../schema/domain/niveles/nivel.ts'
import { emitirCertificado } from '../../../schema/domain/tarjetas/qr.ts'
import type { Deps } from '../../context.ts'
import { configuracionDeApp } from '../../sync/configuracion-app.sql.ts'
import { anotarRenovacion, CERTIFICADO_MS, type TarjetaEmitida } from './emitir.ts'
import type { QuienLlama } from './telefonos.ts'

interface FilaDeLlave {
  cardId: string
  numero: string
  llave: string
  devPub: string
  bajaAt: number | null
  nivelCardya: Nivel
}
type LlaveLeida = FilaDeLlave & { reglas: ReglasDeLaPlataforma }

/**
 * `llave`: the key's name (32 hex); without it, the newest key that lives. The person needs no new proof: the key proved itself when it was
 * enrolled, and the certificate is of no use to whoever does not hold its private half.
 * @throws Rechazo NO_ENCONTRADO (no key, or not this shopper's), DISPOSITIVO_REVOCADO (it was taken away)
 */
export async function renovarCertificado(
  deps: Pick<Deps, 'db' | 'now' | 'llaves'>,
  usuarioId: string,
  llave: string | undefined,
  quien: QuienLlama,
): Promise<Omit<TarjetaEmitida, 'claveTotp'>> {
  const fila = await leerLlave(deps, usuarioId, llave)
  if (!fila) throw new Rechazo('NO_ENCONTRADO')
  if (fila.bajaAt !== null) throw new Rechazo('DISPOSITIVO_REVOCADO')
  const hora = deps.now()
  const venceAt = hora + CERTIFICADO_MS
  const { cardId, numero, nivelCardya: nivel } = fila
  const { kid, privada } = deps.llaves.actual
  const certificado = await emitirCertificado(privada, { kid, cardId, notAfter: venceAt, nivel, devPub: deBase64(fila.devPub) })
  await anotarRenovacion(deps, { cardId, llave: fila.llave, nivel, hora }, usuarioId, quien)
  const { publicas: llaves } = deps.llaves
  return { cardId, numero, certificado: aBase64(certificado), llave: fila.llave, nivel, venceAt, llaves, hora, reglas: fila.reglas }
}

async function leerLlave(deps: Pick<Deps, 'db'>, usuarioId: string, llave: string | undefined): Promise<LlaveLeida | undefined> {
  return deps.db.usuario(usuarioId, async (sql) => {
    const [fila] = await sql<FilaDeLlave[]>`
      select k.card_id, t.numero, k.llave, k.dev_pub, k.baja_at, u.nivel_cardya
      from tarjeta_llaves k
      join tarjetas t on t.usuario_id = k.usuario_id and t.card_id = k.card_id
      join usuarios u on u.id = k.usuario_id and u.borrado_at is null
      where k.usuario_id = ${usuarioId} and (k.llave = ${llave ?? ''} or (${llave === undefined} and k.baja_at is null))
      order by k.created_at desc, k.llave limit 1`
    return fila && { ...fila, reglas: reglasDeLaPlataforma((await configuracionDeApp(sql)).contenido) }
  })
}
