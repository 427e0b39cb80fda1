/** @jsxImportSource preact */
/** The question before points are set apart (CARD-38): how many, how many stay, where it is picked up, and for how long the code is good. */
import { useMemo, useRef, useState } from 'preact/hooks'
import type { MiCanje, RecompensaPublica, RecompensasDeNegocio } from '../../schema/protocol/canjes.ts'
import { Hoja } from './hoja.tsx'
import { Icono } from './iconos.tsx'
import { numero } from './numeros.ts'
import { comoCanje, enPalabras } from './pedir-canje.ts'
import type { Sincronia } from './sincronia.ts'
import { t } from './textos-de-canjes.ts'

interface Propiedades {
  recompensa: RecompensaPublica
  lista: RecompensasDeNegocio
  sincronia: Sincronia
  alCerrar: () => void
  alCanjear: (canjeId: string) => void
}

export function ConfirmarCanje({ recompensa: r, lista, sincronia, alCerrar, alCanjear }: Propiedades) {
  const lugares = useMemo(
    () => lista.sucursales.filter(({ id }) => r.sucursales.length === 0 || r.sucursales.includes(id)),
    [lista.sucursales, r.sucursales],
  )
  const [donde, setDonde] = useState<string | null>(lugares[0]?.id ?? null)
  const [haciendo, setHaciendo] = useState(false)
  const [fallo, setFallo] = useState<string | null>(null)
  // The same wish, asked again after an answer that got lost, is one canje.
  const llave = useRef({ donde, llave: crypto.randomUUID() })
  async function canjear(): Promise<void> {
    if (llave.current.donde !== donde) llave.current = { donde, llave: crypto.randomUUID() }
    setHaciendo(true)
    setFallo(null)
    const cuerpo = { negocioId: lista.negocioId, recompensaId: r.id, puntos: r.puntos, sucursalId: donde }
    const dado = await sincronia.pedir('/api/cardya/canjear', { metodo: 'POST', cuerpo, llave: llave.current.llave })
    setHaciendo(false)
    if (!dado.ok) return setFallo(enPalabras(dado))
    const canje = dado.valor as MiCanje
    await sincronia.anotarCanje(comoCanje(canje, lugares.find(({ id }) => id === canje.sucursalId)?.nombre ?? null))
    alCanjear(canje.canjeId)
  }
  return (
    <Hoja titulo={t.seguro(r.nombre)} alCerrar={alCerrar}>
      <p class="cifras">{t.seApartan(numero(r.puntos), numero(Math.max(0, lista.puntosDisponibles - r.puntos)))}</p>
      <p class="soft sm dato">
        <Icono de="reloj" />
        <span>{t.quinceMinutos}</span>
      </p>
      {lugares.length > 1 && (
        <fieldset class="lugares">
          <legend class="sm m">{t.donde}</legend>
          {[...lugares.map((l) => ({ id: l.id as string | null, nombre: l.nombre })), { id: null, nombre: t.donSea }].map(
            ({ id, nombre }) => (
              <label key={id ?? ''} class="lugar">
                <input type="radio" name="sucursal" checked={donde === id} disabled={haciendo} onChange={() => setDonde(id)} />
                <span>{nombre}</span>
              </label>
            ),
          )}
        </fieldset>
      )}
      {fallo && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{fallo}</span>
        </p>
      )}
      <div class="actions">
        <button type="button" class="btn btn--quiet" disabled={haciendo} onClick={alCerrar}>
          {t.cancelar}
        </button>
        <button type="button" class="btn btn--primary wide" disabled={haciendo} onClick={() => void canjear()}>
          {haciendo ? t.canjeando : t.siCanjear}
        </button>
      </div>
    </Hoja>
  )
}
