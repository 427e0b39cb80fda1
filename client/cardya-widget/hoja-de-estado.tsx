/** @jsxImportSource preact */
/** What stands behind the chip: whose card it is and of which nivel (CARD-13, 14), the state in a sentence, until when the card works alone, and the way out. */
import { useState } from 'preact/hooks'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { dia } from './cuando.ts'
import { venceAt } from './emisor.ts'
import type { Portador } from './ganchos.ts'
import { Hoja } from './hoja.tsx'
import { Icono } from './iconos.tsx'
import { Insignia } from './insignia.tsx'
import { APP, alIrALaApp } from './ir-a-la-app.ts'
import { fraseDe, type Situacion } from './situacion.ts'
import { t } from './textos.ts'

interface Propiedades {
  portador: Portador
  /** The shopper's, as far as this phone knows. */
  nivel: Nivel
  situacion: Situacion
  ahora: number
  alCerrar: () => void
  alEntrar: () => void
  alIntentar: () => void
  alTelefonos: () => void
  alSalir: () => Promise<void>
}

export function HojaDeEstado({ portador, nivel, situacion, ahora, alCerrar, alEntrar, alIntentar, alTelefonos, alSalir }: Propiedades) {
  const [saliendo, setSaliendo] = useState(false)
  const finAt = venceAt(portador.tarjeta, portador.llave)
  return (
    <Hoja titulo={t.tuTarjeta} alCerrar={alCerrar}>
      <p class="quien">
        <span>
          <b>{portador.tarjeta.nombre}</b>
          <br />
          <span class="soft sm">{portador.tarjeta.correo}</span>
        </span>
        <Insignia nivel={nivel} />
      </p>
      <p>{fraseDe(situacion, ahora)}</p>
      {situacion.fase === 'sin_sesion' && (
        <button type="button" class="btn btn--primary" onClick={alEntrar}>
          {t.vuelveAEntrar}
        </button>
      )}
      {situacion.fase === 'sin_conexion' && (
        <button type="button" class="btn btn--secondary" onClick={alIntentar}>
          {t.intentarAhora}
        </button>
      )}
      {finAt > ahora && (
        <p class="soft sm dato">
          <Icono de="palomita" />
          {t.sirveHasta(dia(finAt, ahora))}
        </p>
      )}
      <p class="soft sm dato">
        <Icono de="candado" />
        {t.consejoBloqueo}
      </p>
      <button type="button" class="btn btn--secondary" onClick={alTelefonos}>
        <Icono de="telefono" />
        {t.misTelefonos}
      </button>
      <a class="btn btn--secondary" href={APP} onClick={alIrALaApp}>
        <Icono de="app" />
        {t.irALaApp}
      </a>
      {saliendo ? (
        <section class="salida panel" aria-label={t.cerrarSesion}>
          <p class="sm">{t.cerrarSesionAviso}</p>
          <div class="actions">
            <button type="button" class="btn btn--sm btn--quiet" onClick={() => setSaliendo(false)}>
              {t.cancelar}
            </button>
            <button type="button" class="btn btn--sm btn--danger" onClick={() => void alSalir()}>
              {t.siCerrar}
            </button>
          </div>
        </section>
      ) : (
        <button type="button" class="btn btn--quiet" onClick={() => setSaliendo(true)}>
          <Icono de="salir" />
          {t.cerrarSesion}
        </button>
      )}
    </Hoja>
  )
}
