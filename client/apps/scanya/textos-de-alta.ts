import { catalogo } from '../../lib/idioma.ts'

/** Enrolment, the demo's door, revocation. */
export const alta = catalogo({
  es: {
    altaTitulo: 'Esta caja es nueva',
    altaOtraVez: 'Para volver a usarlo como caja',
    altaTexto: 'Dala de alta una vez, con conexión. Después vende con o sin ella: lo que se registra aquí no se pierde.',
    darDeAlta: 'Dar de alta esta caja',
    dandoDeAlta: 'Dando de alta…',
    altaConCodigo: 'Código o enlace de alta',
    altaConCodigoAyuda: 'Lo genera el dueño en Business Studio, en Cajas. Sirve una vez.',
    altaFaltaCodigo: 'Escribe o pega el código de alta.',
    altaDemo: 'Probar con la caja de demostración',
    altaBloqueo: 'Pon un bloqueo de pantalla en este equipo: protege la caja mejor que cualquier PIN.',
    sinRespuesta: 'El servidor no respondió. Intenta otra vez.',
    entrando: 'Entrando a la demostración…',
    elegirPersona: 'Elegir a mano quién entra',

    revocado: 'Este equipo fue dado de baja',
    revocadoEntregado: 'Ya no vende. Todo lo que vendió se entregó y sus datos se borraron de este equipo.',
    revocadoPendiente: 'Ya no vende. Lo que falta por enviar sale en cuanto haya conexión; después sus datos se borran de aquí.',
    edicionesSinEntregar: (cuantas: number) =>
      cuantas === 1 ? 'Un cambio hecho aquí no se pudo entregar.' : `${cuantas} cambios hechos aquí no se pudieron entregar.`,
    guardarCambios: 'Guardar los cambios en un archivo',
    descartarCambios: 'Descartarlos',
    darDeAltaOtraVez: 'Dar de alta otra vez',
  },
  en: {
    altaTitulo: 'This till is new',
    altaOtraVez: 'To use it as a till again',
    altaTexto: 'Enrol it once, online. From then on it sells with or without a connection: what is registered here is not lost.',
    darDeAlta: 'Enrol this till',
    dandoDeAlta: 'Enrolling…',
    altaConCodigo: 'Enrolment code or link',
    altaConCodigoAyuda: 'The owner makes it in Business Studio, under Tills. It works once.',
    altaFaltaCodigo: 'Write or paste the enrolment code.',
    altaDemo: 'Try it with the demo till',
    altaBloqueo: 'Set a screen lock on this device: it protects the till better than any PIN.',
    sinRespuesta: 'The server did not answer. Try again.',
    entrando: 'Entering the demo…',
    elegirPersona: 'Choose who enters by hand',

    revocado: 'This device was revoked',
    revocadoEntregado: 'It no longer sells. Everything it sold was handed in and its data was erased from this device.',
    revocadoPendiente: 'It no longer sells. What is left to send goes out once there is a connection; then its data is erased from here.',
    edicionesSinEntregar: (cuantas) =>
      cuantas === 1 ? 'One change made here could not be handed in.' : `${cuantas} changes made here could not be handed in.`,
    guardarCambios: 'Save the changes to a file',
    descartarCambios: 'Discard them',
    darDeAltaOtraVez: 'Enrol it again',
  },
})
