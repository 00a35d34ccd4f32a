// Carries a passkey's answer into the form it belongs to. Without this script the form goes as it is, and the server says what else there is.
for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    if (form.dataset.busy) return;
    form.dataset.busy = 'yes';
    const { credential, fault } = form.elements;
    try {
      if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) throw new DOMException('', 'NotSupportedError');
      const reply = await fetch(form.dataset.options, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      const options = await reply.json();
      const answer = form.dataset.passkey === 'create'
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      credential.value = JSON.stringify(answer.toJSON());
      fault.value = '';
    } catch (error) {
      fault.value = error.name;
    }
    form.submit();
  });
}
