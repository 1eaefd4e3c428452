// The pages work without this. It keeps addresses readable: fields left blank do not travel with the search form.
"use strict";

const form = document.getElementById("search-form");
if (form) {
  form.addEventListener("formdata", (event) => {
    for (const name of new Set(event.formData.keys())) {
      const values = event.formData.getAll(name).filter((value) => value !== "");
      event.formData.delete(name);
      values.forEach((value) => event.formData.append(name, value));
    }
  });
}
