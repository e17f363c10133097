/**
 * Made from the OpenAPI file of the same name by `npm run contracts`. Never edited.
 */

export interface paths {
    "/v2/partner/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Obtain an access token
         * @description Client credentials grant. The token is sent as `Authorization: Bearer` on every other call, reused while valid and requested again on expiry; no refresh token is documented.
         */
        post: operations["authToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /** List the accounts of a client */
        get: operations["getAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /**
         * Get one account
         * @description The seed says that account details can be fetched. The path is the item form of the documented list path and the prefix of every documented account sub-resource.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Close an account
         * @description The seed says that accounts can be closed; a documentation page named `account/deleteaccount` exists. Method and path follow from that name and from the documented rule that DELETE removes. Preconditions (empty account, open orders) and the answer are not shown.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account/{account_id}/transaction/cash": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /** List the cash transactions of one account */
        get: operations["getAccountCashTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account/{account_id}/transaction/fund": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /** List the fund transactions of one account */
        get: operations["getAccountFundTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account/{account_id}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Pay out cash from an account
         * @description Moves money out of the platform. Answers the cash transaction that was created.
         */
        post: operations["createWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/kycstatus/account/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /**
         * Get the KYC status of an account
         * @description Method and path are shown in the docs; the answer is not visible in any source we could read.
         */
        get: operations["getKycStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account/{account_id}/agreement-types": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /** List the agreement types of an account */
        get: operations["getAgreementTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/account/{account_id}/agreement/{agreement_type_key}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description The `key` of an agreement type.
                 * @example account
                 */
                agreement_type_key: components["parameters"]["AgreementTypeKey"];
            };
            cookie?: never;
        };
        /**
         * Get an agreement as a PDF document
         * @description Path and method are in the docs, the PDF nature is in the seed. The media type and whether the body is raw bytes or wrapped (for example base64 in JSON) are assumptions.
         */
        get: operations["getAgreement"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/allocationplan": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /**
         * List the allocation plans of a client
         * @description No query parameters are documented for this list.
         */
        get: operations["getAllocationPlans"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/allocationplan/{allocation_plan_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Allocation plan the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                allocation_plan_id: components["parameters"]["AllocationPlanId"];
            };
            cookie?: never;
        };
        /** Get one allocation plan */
        get: operations["getAllocationPlan"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the bank account of an allocation plan
         * @description The only documented writable field is the bank account that carries the autogiro mandate.
         */
        patch: operations["patchAllocationPlan"];
        trace?: never;
    };
    "/v2/partner/client/{client_id}/allocationplan/account/{account_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        /**
         * Get the allocation plan of an account
         * @description A documentation page with this operation name exists, its path is not visible. The path here copies the documented shape of the KYC status path (`kycstatus/account/{account_id}`); `account/{account_id}/allocationplan` is the other candidate. A safe client lists all plans and filters on `account` instead.
         */
        get: operations["getAllocationPlanByAccountId"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the clients of the partner */
        get: operations["getClients"];
        put?: never;
        /** Create a client */
        post: operations["createClient"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /**
         * Get one client
         * @description Named in the seed (read clients). The path is the common prefix of all documented client paths.
         */
        get: operations["getClient"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Update a client, its fee bank accounts or its service types
         * @description The seed names changing a client, its bank accounts and its service types. PATCH is the documented verb for updates. Bank accounts and service types are arrays inside the client object and no separate endpoint for them is shown anywhere, so they are written here. Whether a sent array replaces or merges is unknown; assume it replaces.
         */
        patch: operations["updateClient"];
        trace?: never;
    };
    "/v2/partner/client/{client_id}/instrument": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /**
         * List the instruments available to a client
         * @description Seed and docs name this operation (page `client/getclientinstrumentuniverse`), the path is not visible. It is formed from the client prefix and the documented global path `/v2/partner/instrument`.
         */
        get: operations["getClientInstrumentUniverse"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/custodian": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /**
         * List the custodians linked to a client
         * @description The seed describes it as a client-scoped list of identifiers and names. Path and field names are assumptions in the style of the other client paths.
         */
        get: operations["getCustodians"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/journey": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a hosted journey
         * @description Answers a journey with a time-limited `url` to which the end customer is sent. The outcome is read by polling the journey or received at `callbackUrl`.
         */
        post: operations["postJourney"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/journey/{journey_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Journey the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                journey_id: components["parameters"]["JourneyId"];
            };
            cookie?: never;
        };
        /** Get a journey with its state and outcome */
        get: operations["getJourney"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/instrument": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List all instruments of the platform */
        get: operations["getInstruments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/instrument/{instrument_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Instrument the call is about.
                 * @example SE0001862426SEK
                 */
                instrument_id: components["parameters"]["InstrumentId"];
            };
            cookie?: never;
        };
        /**
         * Get one instrument
         * @description The vendor's own operation name is spelled `getistrumentbyid`.
         */
        get: operations["getInstrumentById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/instruction/payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a payment instruction
         * @description Moves money. Batches one or more autogiro payments into accounts.
         */
        post: operations["createPaymentInstruction"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/instruction/{instruction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Payment instruction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                instruction_id: components["parameters"]["InstructionId"];
            };
            cookie?: never;
        };
        /** Get a payment instruction */
        get: operations["getPaymentInstruction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/instruction/{instruction_id}/payment": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Payment instruction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                instruction_id: components["parameters"]["InstructionId"];
            };
            cookie?: never;
        };
        /** List the payments of an instruction */
        get: operations["getInstructionPayment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/order": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /**
         * List the orders of a client
         * @description Named in the seed; a documentation page `order/getorders` exists but its path and parameters are not visible. The path is the one that the documented create call uses. `start`, `limit` and `modifiedFrom` are assumed because every other list of dated objects documents them.
         */
        get: operations["getOrders"];
        put?: never;
        /**
         * Create a subscription or redemption order
         * @description Moves money or units. With `validate-only` the order is checked and not created.
         */
        post: operations["createOrder"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/order/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sell fund units and pay out the proceeds
         * @description Moves money and units. With `validate-only` the order is checked and not created.
         */
        post: operations["createOrderWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/order/{order_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Order the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        /** Get one order */
        get: operations["getOrderById"];
        put?: never;
        post?: never;
        /**
         * Cancel an order that is not yet executed
         * @description Answers the whole order; its status is `canceled` when the cancellation succeeded.
         */
        delete: operations["cancelOrder"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/transaction/cash": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /** List the cash transactions of a client */
        get: operations["getCashTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/transaction/cash/{transaction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Transaction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                transaction_id: components["parameters"]["TransactionId"];
            };
            cookie?: never;
        };
        /** Get one cash transaction */
        get: operations["getCashTransactionById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/transaction/fund": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /** List the fund transactions of a client */
        get: operations["getFundTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/transaction/fund/{transaction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Transaction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                transaction_id: components["parameters"]["TransactionId"];
            };
            cookie?: never;
        };
        /** Get one fund transaction */
        get: operations["getFundTransactionById"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v2/partner/client/{client_id}/subscribe": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        /**
         * Open the WebSocket event stream of a client
         * @description HTTP upgrade on this path; the bearer token goes in the Authorization header of the upgrade request. Each frame is one event. A heartbeat arrives at intervals of undocumented length. No subscription message, acknowledgement or replay cursor is documented: after a reconnect, catch up with `modifiedFrom` on the REST lists.
         */
        get: operations["getWebsocket"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/fondo/webhooks/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Callback that Fondo sends to the partner
         * @description Inbound: not an endpoint of Fondo. Host and path are the partner's own; the path here is the placeholder of the documentation. Requests are said to be signed, but neither header nor algorithm is public. No registration endpoint is documented either; journeys carry their own `callbackUrl`.
         */
        post: operations["webhookCallback"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ping": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check that the API is reachable */
        get: operations["ping"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description UUID, lower case. The vendor marks its UUID type read-only.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        Uuid: string;
        /**
         * @description Lexicographically sortable identifier; later objects sort later. Value for `start`.
         * @example 01ARZ3NDEKTSV4RRFFQ69G5FAV
         */
        Ulid: string;
        /**
         * @description Error body of all operations.
         * @example {
         *       "error": "invalid_request",
         *       "error_description": "This is an error description"
         *     }
         */
        Error: {
            /** @description Code, one per HTTP status - 400 invalid_request, 401 unauthorized, 403 forbidden, 500 server_error, 503 service_unavailable. */
            error: string;
            /** @description Explanation for humans. */
            error_description?: string;
        };
        /**
         * @example {
         *       "pong": "2019-11-10T01:20:00.000Z"
         *     }
         */
        Pong: {
            /**
             * Format: date-time
             * @description When the server received the request.
             */
            pong?: string;
        };
        /**
         * @example {
         *       "grant_type": "client_credentials",
         *       "client_id": "my-partner-id",
         *       "client_secret": "my-partner-secret",
         *       "scope": "account:read, account:write"
         *     }
         */
        TokenRequest: {
            /** @enum {string} */
            grant_type: "client_credentials";
            /** @description Identifier given to the partner by Fondo. */
            client_id: string;
            /**
             * Format: password
             * @description Secret given to the partner by Fondo.
             */
            client_secret: string;
            /**
             * @description Scopes separated by commas.
             * @example account:read, account:write
             */
            scope?: string;
            /**
             * @description Free client data, echoed in the answer.
             * @example VGhpcyBpcyBteSBzdGF0ZS4=
             */
            state?: string;
        };
        /**
         * @description No `token_type` and no `refresh_token` are documented.
         * @example {
         *       "access_token": "ffe74ba1-99a8-46e3-9ba2-9c0ef72e13c1",
         *       "expires_in": 432000
         *     }
         */
        TokenResponse: {
            /** @example ffe74ba1-99a8-46e3-9ba2-9c0ef72e13c1 */
            access_token: string;
            /**
             * @description Lifetime in seconds, 432000 by default.
             * @example 432000
             */
            expires_in: number;
            /** @description The `state` of the request, when given. */
            state?: string;
        };
        /**
         * @example {
         *       "error": "invalid_client",
         *       "error_description": "This is an error description"
         *     }
         */
        TokenError: {
            /**
             * @description Documented as any type; an OAuth error code is likely.
             * @example invalid_client
             */
            error: unknown;
            /** @example This is an error description */
            error_description?: string;
        };
        /**
         * @example active
         * @enum {string}
         */
        AccountStatus: "pending" | "active" | "rejected" | "confirm";
        /**
         * @description `isk` is the Swedish investment savings account. A guide also names custody account (depå) and endowment insurance (kapitalförsäkring), whose codes are unknown.
         * @example isk
         */
        AccountType: string;
        /**
         * @description Service under which an account is run. A guide also names execution-only and investment advice, whose codes are unknown.
         * @example portfolioManagement
         */
        AccountServiceType: string;
        /**
         * @example {
         *       "firstName": "Ben",
         *       "lastName": "Rangel",
         *       "fullName": "Ben Rangel",
         *       "ssn": "197001010003"
         *     }
         */
        AccountOwner: {
            firstName?: string;
            lastName?: string;
            fullName?: string;
            /** @description Swedish personal identity number. */
            ssn?: string;
        };
        /**
         * @description Totals paid in and out.
         * @example {
         *       "deposited": 123.45,
         *       "withdrawn": 123.45
         *     }
         */
        AccountAmounts: {
            deposited?: number;
            withdrawn?: number;
        };
        /**
         * @description Holding of one instrument.
         * @example {
         *       "instrument": "SE0001862426SEK",
         *       "units": 10.5,
         *       "unitsSettled": 10.5,
         *       "value": 1575,
         *       "closePrice": 150,
         *       "gav": 142.8
         *     }
         */
        Position: {
            /** @description Instrument identifier. */
            instrument?: string;
            units?: number;
            unitsSettled?: number;
            value?: number;
            closePrice?: number;
            /** @description Average acquisition cost per unit (Swedish abbreviation). */
            gav?: number;
        };
        /**
         * @description Bank account linked to an investor account.
         * @example {
         *       "id": "5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11",
         *       "iban": "SE7280000810340009783242",
         *       "bban": "666 666 666",
         *       "bank": "Buy n' Large",
         *       "name": "Lönekonto",
         *       "createdDate": "2018-12-13T23:59:00.001Z",
         *       "modifiedDate": "2018-12-13T23:59:00.001Z",
         *       "validated": true
         *     }
         */
        BankAccount: {
            /** @description Not visible in the sources (read-only fields are hidden in the sample of the seed), yet orders and allocation plans refer to bank accounts by UUID. */
            id?: components["schemas"]["Uuid"];
            iban?: string;
            /** @description Domestic account number. */
            bban?: string;
            bank?: string;
            name?: string;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
            /** Format: date-time */
            deletedDate?: string;
            validated?: boolean;
        };
        /**
         * @example {
         *       "id": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "ref": "160367146695159",
         *       "name": "Spar",
         *       "status": "active",
         *       "accountType": "isk",
         *       "serviceType": "portfolioManagement",
         *       "owner": {
         *         "firstName": "Ben",
         *         "lastName": "Rangel",
         *         "fullName": "Ben Rangel",
         *         "ssn": "197001010003"
         *       },
         *       "balance": 100,
         *       "amounts": {
         *         "deposited": 1700,
         *         "withdrawn": 100
         *       },
         *       "positions": [
         *         {
         *           "instrument": "SE0001862426SEK",
         *           "units": 10.5,
         *           "unitsSettled": 10.5,
         *           "value": 1575,
         *           "closePrice": 150,
         *           "gav": 142.8
         *         }
         *       ],
         *       "deleted": false,
         *       "clientId": "0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01",
         *       "bankAccounts": [
         *         {
         *           "id": "5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11",
         *           "iban": "SE7280000810340009783242",
         *           "bban": "666 666 666",
         *           "bank": "Buy n' Large",
         *           "name": "Lönekonto",
         *           "createdDate": "2018-12-13T23:59:00.001Z",
         *           "modifiedDate": "2018-12-13T23:59:00.001Z",
         *           "validated": true
         *         }
         *       ],
         *       "currency": "SEK",
         *       "createdDate": "2018-12-13T23:59:00.001Z",
         *       "modifiedDate": "2018-12-13T23:59:00.001Z"
         *     }
         */
        Account: {
            id?: components["schemas"]["Uuid"];
            sortedId?: components["schemas"]["Ulid"];
            /** @description Unique account number with check digit, usable as OCR reference. */
            ref?: string;
            name: string;
            status?: components["schemas"]["AccountStatus"];
            accountType: components["schemas"]["AccountType"];
            serviceType: components["schemas"]["AccountServiceType"];
            owner?: components["schemas"]["AccountOwner"];
            /** @description Snapshot of the cash on the account. */
            balance?: number;
            amounts?: components["schemas"]["AccountAmounts"];
            positions?: components["schemas"]["Position"][];
            deleted?: boolean;
            clientId?: string;
            bankAccounts?: components["schemas"]["BankAccount"][];
            currency?: string;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
            /** Format: date-time */
            deletedDate?: string;
        };
        /**
         * @example {
         *       "clientRef": "my_order_123",
         *       "executorRef": "197001010003",
         *       "amount": 500,
         *       "bankAccount": "5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11"
         *     }
         */
        WithdrawalCreate: {
            /** @description Partner's own reference. */
            clientRef?: string;
            /** @description Who orders it under power of attorney, by ID or by a reference, which should be the personal identity number. */
            executorRef: string;
            amount: number;
            /** @description Named in the running text of the docs, absent from their field list. */
            withdrawalType?: string;
            /** @description Target bank account. Named in the running text of the docs, absent from their field list (probably hidden because their UUID type is read-only). */
            bankAccount?: components["schemas"]["Uuid"];
        };
        /**
         * @description Shape unknown. Pass through whatever arrives.
         * @example {
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "status": "valid"
         *     }
         */
        KycStatus: {
            account?: components["schemas"]["Uuid"];
            status?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "key": "account",
         *       "swe": "Kontoavtal"
         *     }
         */
        AgreementType: {
            key?: string;
            /** @description Swedish name. */
            swe?: string;
        };
        /**
         * @example {
         *       "instrument": "SE0000810798SEK",
         *       "allocation": 100
         *     }
         */
        AllocationPlanInstrument: {
            /** @description Instrument identifier. */
            instrument: string;
            /** @description Share in percent. */
            allocation: number;
        };
        /**
         * @example {
         *       "id": "8d2b5c6a-77a1-4d0c-8f43-2f1f0d0a5b21",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "bankAccount": "5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11",
         *       "instruments": [
         *         {
         *           "instrument": "SE0000810798SEK",
         *           "allocation": 60
         *         },
         *         {
         *           "instrument": "SE0001862426SEK",
         *           "allocation": 40
         *         }
         *       ]
         *     }
         */
        AllocationPlan: {
            id: components["schemas"]["Uuid"];
            account: components["schemas"]["Uuid"];
            bankAccount: components["schemas"]["Uuid"];
            /** @description Shares must add up to exactly 100. */
            instruments: components["schemas"]["AllocationPlanInstrument"][];
        };
        /**
         * @example {
         *       "bankAccount": "5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11"
         *     }
         */
        AllocationPlanUpdate: {
            /** @description Bank account with an autogiro mandate, or null. */
            bankAccount?: string | null;
        };
        /**
         * @description Bank account for one kind of fee; each fee type at most once per client.
         * @example {
         *       "feeType": "client_fee",
         *       "iban": "SE7280000810340009783242"
         *     }
         */
        ClientBankAccount: {
            /** @description Values unknown. */
            feeType: string;
            iban: string;
        };
        /**
         * @example {
         *       "accountServiceType": "portfolioManagement"
         *     }
         */
        ClientServiceTypeInput: {
            accountServiceType: components["schemas"]["AccountServiceType"];
        };
        /**
         * @example {
         *       "accountServiceType": "portfolioManagement",
         *       "code": "123456"
         *     }
         */
        ClientServiceType: {
            accountServiceType: components["schemas"]["AccountServiceType"];
            /** @description Activation code of six digits, only in answers. */
            code?: string;
        };
        /**
         * @example {
         *       "id": "0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "name": "Advise AB",
         *       "displayName": "Advise",
         *       "bankAccounts": [
         *         {
         *           "feeType": "client_fee",
         *           "iban": "SE7280000810340009783242"
         *         }
         *       ],
         *       "serviceTypes": [
         *         {
         *           "accountServiceType": "portfolioManagement",
         *           "code": "123456"
         *         }
         *       ],
         *       "crn": "1034567891",
         *       "country": "SE",
         *       "createdDate": "2018-12-13T23:59:00.001Z",
         *       "modifiedDate": "2018-12-13T23:59:00.001Z"
         *     }
         */
        Client: {
            id?: components["schemas"]["Uuid"];
            sortedId?: components["schemas"]["Ulid"];
            name: string;
            /** @description Name shown in journeys. */
            displayName: string;
            bankAccounts?: components["schemas"]["ClientBankAccount"][];
            serviceTypes: components["schemas"]["ClientServiceType"][];
            /** @description Company registration number. */
            crn: string;
            /** @description Country code of two letters. */
            country: string;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
        };
        /**
         * @example {
         *       "name": "Advise AB",
         *       "displayName": "Advise",
         *       "bankAccounts": [
         *         {
         *           "feeType": "client_fee",
         *           "iban": "SE7280000810340009783242"
         *         }
         *       ],
         *       "serviceTypes": [
         *         {
         *           "accountServiceType": "portfolioManagement"
         *         }
         *       ],
         *       "crn": "1034567891",
         *       "country": "SE"
         *     }
         */
        ClientCreate: {
            /** @description Optional own identifier; named in the running text of the docs, absent from their field list. */
            id?: components["schemas"]["Uuid"];
            name: string;
            displayName: string;
            bankAccounts?: components["schemas"]["ClientBankAccount"][];
            serviceTypes: components["schemas"]["ClientServiceTypeInput"][];
            crn: string;
            country: string;
        };
        /**
         * @description Any subset of the writable client fields.
         * @example {
         *       "displayName": "Advise Sparande"
         *     }
         */
        ClientUpdate: {
            name?: string;
            displayName?: string;
            bankAccounts?: components["schemas"]["ClientBankAccount"][];
            serviceTypes?: components["schemas"]["ClientServiceTypeInput"][];
            crn?: string;
            country?: string;
        };
        /**
         * @description The seed promises identifiers and names; field names are assumed.
         * @example {
         *       "id": "3b1f8a3c-1de4-4f0b-9b6a-8a1f1c2d3e4f",
         *       "name": "Exempelbanken"
         *     }
         */
        Custodian: {
            id?: string;
            name?: string;
        };
        /**
         * @description new (not yet opened), pending, then one of complete, canceled, error, expired.
         * @example new
         * @enum {string}
         */
        JourneyStatus: "new" | "pending" | "canceled" | "error" | "complete" | "expired";
        /**
         * @description What the journey shall do. The docs name these contents (journey kind such as createAccount, account types, service type, account name, allocation plan, KYC prefill, transfer instructions) but the readable part shows no field names other than `accountName`; all other names are assumptions. Let users supply this object as raw JSON.
         * @example {
         *       "type": "createAccount",
         *       "accountName": "Spar",
         *       "accountTypes": [
         *         "isk"
         *       ],
         *       "serviceType": "portfolioManagement",
         *       "allocationPlan": null,
         *       "kyc": null
         *     }
         */
        JourneyConfig: {
            /**
             * @description Kind of journey.
             * @example createAccount
             */
            type?: string;
            /** @description Preset account name. When absent the end customer is asked for one. */
            accountName?: string;
            accountTypes?: components["schemas"]["AccountType"][];
            /** @description Service under which the new account is run. */
            serviceType?: components["schemas"]["AccountServiceType"];
            /** @description Plan to set up; with null that step is not shown. */
            allocationPlan?: {
                [key: string]: unknown;
            } | null;
            /** @description Answers that prefill the KYC questions. */
            kyc?: {
                [key: string]: unknown;
            } | null;
            /** @description Holdings to move from another custodian. */
            transferInstructions?: {
                [key: string]: unknown;
            }[];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "journey": {
         *         "type": "createAccount",
         *         "accountName": "Spar",
         *         "accountTypes": [
         *           "isk"
         *         ],
         *         "serviceType": "portfolioManagement",
         *         "allocationPlan": null,
         *         "kyc": null
         *       },
         *       "callbackUrl": "https://api.habibisfonder.se/v1/fondo/callback",
         *       "redirectUrl": "customerApp:///",
         *       "scope": "c2Vzc2lvbi0xMjM="
         *     }
         */
        JourneyCreate: {
            journey: components["schemas"]["JourneyConfig"];
            /** @description Where Fondo reports progress. */
            callbackUrl: string;
            /** @description Where the end customer returns to, for example an app scheme. */
            redirectUrl?: string | null;
            /** @description Partner data in base64, handed back in the callback. Required, may be null. */
            scope: string | null;
        };
        /**
         * @example {
         *       "id": "2f1f6b1c-8e5d-4b7e-a0a4-4c1c9d3b7e55",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "clientId": "0c7a2f0e-2b2f-4d0e-9c4b-6f2f5f0f9a01",
         *       "status": "new",
         *       "url": "https://webbo.fondo.se/dT7KlfoMrjOspMBvyAq2bvD8cSSAVZg50bAh8G8U6z4nNPRHAy",
         *       "expiryDate": "2025-03-04T09:15:00.001Z",
         *       "journey": {
         *         "type": "createAccount",
         *         "accountName": "Spar",
         *         "accountTypes": [
         *           "isk"
         *         ],
         *         "serviceType": "portfolioManagement",
         *         "allocationPlan": null,
         *         "kyc": null
         *       },
         *       "callbackUrl": "https://api.habibisfonder.se/v1/fondo/callback",
         *       "redirectUrl": "customerApp:///",
         *       "scope": "c2Vzc2lvbi0xMjM=",
         *       "errorCode": null,
         *       "createdDate": "2025-03-03T09:15:00.001Z",
         *       "modifiedDate": "2025-03-03T09:15:00.001Z",
         *       "deleted": false,
         *       "deletedDate": null
         *     }
         */
        Journey: {
            id?: components["schemas"]["Uuid"];
            sortedId?: components["schemas"]["Ulid"];
            clientId?: components["schemas"]["Uuid"];
            status?: components["schemas"]["JourneyStatus"];
            /** @description Address to which the end customer is sent. */
            url?: string;
            /**
             * Format: date-time
             * @description When the journey token goes stale.
             */
            expiryDate?: string;
            journey: components["schemas"]["JourneyConfig"];
            callbackUrl: string;
            redirectUrl?: string | null;
            scope?: string | null;
            /** @description Fault during the journey. */
            errorCode?: string | null;
            /** @description Step at which the end customer left, on error or cancellation. The docs describe the field, its name is not visible. */
            exitedAt?: string | null;
            /** @description What the journey produced (account, bank account, transfer instructions, allocation plan). The docs describe it, name and shape are not visible. */
            result?: {
                [key: string]: unknown;
            } | null;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
            deleted?: boolean;
            /** Format: date-time */
            deletedDate?: string | null;
        };
        /**
         * @description Breakdown of fund costs. Fields are not visible in the sources.
         * @example {
         *       "managementFee": 1.2
         *     }
         */
        InstrumentCost: {
            [key: string]: unknown;
        };
        /**
         * @description One mutual fund in one currency. Which fields are always present is not visible.
         * @example {
         *       "id": "SE0001862426SEK",
         *       "isincode": "SE0001862426",
         *       "name": "Adrigo Hedge",
         *       "currency": "SEK",
         *       "closePrice": 150.12,
         *       "priceDate": "2025-02-28T23:59:00.001Z",
         *       "kiid": [],
         *       "decimalsUnits": 4,
         *       "minInvestmentAmountSEK": 100,
         *       "minInitialAmountSek": 100,
         *       "minSubsequentAmountSek": 100,
         *       "isComplex": false,
         *       "isBuyable": true,
         *       "isSellable": true,
         *       "isTradable": true,
         *       "cost": {
         *         "managementFee": 1.2
         *       },
         *       "rebate": 96
         *     }
         */
        Instrument: {
            /** @description ISIN followed by currency. */
            id?: string;
            isincode?: string;
            name?: string;
            currency?: string;
            closePrice?: number;
            /** Format: date-time */
            priceDate?: string;
            /** @description Links to key investor information; whether strings or objects is not visible. */
            kiid?: unknown[];
            /** @description Decimals allowed in units. */
            decimalsUnits?: number;
            minInvestmentAmountSEK?: number;
            minInitialAmountSek?: number;
            minSubsequentAmountSek?: number;
            isComplex?: boolean;
            isBuyable?: boolean;
            isSellable?: boolean;
            isTradable?: boolean;
            cost?: components["schemas"]["InstrumentCost"];
            rebate?: number;
        };
        /**
         * @example {
         *       "amount": 110,
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "instruction_id_29384"
         *     }
         */
        PaymentInstructionPaymentInput: {
            amount: number;
            /** @description Account that receives the payment. The running text of the docs asks for it and the answer contains it, yet their request field list omits it (probably hidden because their UUID type is read-only). Always send it. */
            account?: components["schemas"]["Uuid"];
            /** @description Partner's reference, copied to the resulting transactions; unique per payment. */
            clientRef: string;
        };
        /**
         * @example {
         *       "type": "autogiro",
         *       "payments": [
         *         {
         *           "amount": 110,
         *           "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *           "clientRef": "instruction_id_29384"
         *         }
         *       ]
         *     }
         */
        PaymentInstructionCreate: {
            /** @enum {string} */
            type: "autogiro";
            payments: components["schemas"]["PaymentInstructionPaymentInput"][];
        };
        /**
         * @example {
         *       "amount": 110,
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "instruction_id_29384"
         *     }
         */
        PaymentInstructionItem: {
            amount: number;
            account: components["schemas"]["Uuid"];
            clientRef: string;
        };
        /**
         * @description The request calls its list `payments`, the answer calls it `instructions`.
         * @example {
         *       "id": "6a9e7c55-0f1e-4f5a-b9f4-7d2a3c1b0e99",
         *       "type": "autogiro",
         *       "instructions": [
         *         {
         *           "amount": 110,
         *           "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *           "clientRef": "instruction_id_29384"
         *         }
         *       ],
         *       "bankTransferRef": null,
         *       "status": "new"
         *     }
         */
        PaymentInstruction: {
            id?: components["schemas"]["Uuid"];
            type?: string;
            instructions?: components["schemas"]["PaymentInstructionItem"][];
            /** @description Text for a bank transfer; does not apply to autogiro. */
            bankTransferRef?: string | null;
            status?: string;
        };
        /**
         * @example {
         *       "id": "b7a4f6a0-5a3c-49be-9d53-2b3f5c6d7e81",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "amount": 110,
         *       "clientRef": "instruction_id_29384",
         *       "status": "completed",
         *       "reason": null,
         *       "reasonCode": null
         *     }
         */
        Payment: {
            id?: components["schemas"]["Uuid"];
            /** @description Sorts payments by time. */
            sortedId?: string;
            account?: components["schemas"]["Uuid"];
            amount?: number;
            clientRef?: string;
            status?: string;
            /** @description Why the payment failed. */
            reason?: string | null;
            /** @description Error code of Bankgirot. */
            reasonCode?: string | null;
        };
        /**
         * @description Main line received, sent, confirmed, settled; beside it pending, hold and canceled.
         * @example received
         * @enum {string}
         */
        OrderStatus: "received" | "pending" | "sent" | "confirmed" | "settled" | "canceled" | "hold";
        /**
         * @description subscription buys, redemption sells.
         * @example subscription
         * @enum {string}
         */
        OrderType: "subscription" | "redemption";
        /**
         * @example {
         *       "orderType": "subscription",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "my_order_123",
         *       "executorRef": "197001010003",
         *       "instrument": "SE0001862426SEK",
         *       "amount": 1500
         *     }
         */
        OrderCreateSubscription: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            orderType: "subscription";
            account: components["schemas"]["Uuid"];
            /** @description Partner's own reference. */
            clientRef?: string;
            /** @description Who places the order under power of attorney, by ID or by a reference, which should be the personal identity number. */
            executorRef?: string;
            /** @description Instrument identifier. */
            instrument: string;
            /** @description Amount to invest. */
            amount: number;
        };
        /**
         * @example {
         *       "orderType": "redemption",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "my_order_124",
         *       "executorRef": "197001010003",
         *       "instrument": "SE0001862426SEK",
         *       "units": 12.3456789
         *     }
         */
        OrderCreateRedemption: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            orderType: "redemption";
            account: components["schemas"]["Uuid"];
            /** @description Partner's own reference. */
            clientRef?: string;
            /** @description Who places the order under power of attorney, by ID or by a reference, which should be the personal identity number. */
            executorRef?: string;
            /** @description Instrument identifier. */
            instrument: string;
            /** @description Units to sell, at most seven decimals. */
            units: number;
        };
        /**
         * @description Request field names are those of the documented order object; the request table itself is not visible.
         * @example {
         *       "orderType": "subscription",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "my_order_123",
         *       "executorRef": "197001010003",
         *       "instrument": "SE0001862426SEK",
         *       "amount": 1500
         *     }
         */
        OrderCreate: components["schemas"]["OrderCreateSubscription"] | components["schemas"]["OrderCreateRedemption"];
        /**
         * @example {
         *       "orderType": "redemption",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "my_order_125",
         *       "executorRef": "197001010003",
         *       "instrument": "SE0001862426SEK",
         *       "units": 10.5,
         *       "bankAccount": "5f0f6d0e-3f0c-4a57-9a39-1f6d3b9f4c11"
         *     }
         */
        OrderWithdrawalCreate: {
            /** @enum {string} */
            orderType: "redemption";
            account: components["schemas"]["Uuid"];
            /** @description Partner's own reference. */
            clientRef?: string;
            /** @description Who places the order under power of attorney, by ID or by a reference, which should be the personal identity number. */
            executorRef: string;
            /** @description Instrument identifier. */
            instrument: string;
            /** @description Units to sell, at most seven decimals. */
            units: number;
            /** @description Bank account that receives the proceeds. */
            bankAccount: components["schemas"]["Uuid"];
            /** @description Meaning not documented. */
            paymentAccount?: components["schemas"]["Uuid"];
        };
        /**
         * @example {
         *       "id": "7d3f0b52-9a41-4c1e-8f55-0c6b6f1f2a10",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "status": "received",
         *       "orderType": "subscription",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "clientRef": "my_order_123",
         *       "executorRef": "197001010003",
         *       "instrument": "SE0001862426SEK",
         *       "units": 0,
         *       "amount": 1500,
         *       "createdDate": "2025-03-03T09:15:00.001Z",
         *       "modifiedDate": "2025-03-03T09:15:00.001Z"
         *     }
         */
        Order: {
            id?: components["schemas"]["Uuid"];
            sortedId?: components["schemas"]["Ulid"];
            status?: components["schemas"]["OrderStatus"];
            orderType: components["schemas"]["OrderType"];
            account: components["schemas"]["Uuid"];
            clientRef?: string;
            executorRef?: string;
            instrument: string;
            /** @description At most seven decimals. */
            units?: number;
            /** @description For a redemption calculated at confirmation. */
            amount?: number;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
            /** Format: date-time */
            canceledDate?: string;
        };
        /**
         * @example {
         *       "id": "c2f7d3aa-8f7d-4f40-8a8f-0d3f5d7b9c12",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "transactionType": "deposit",
         *       "aborted": false,
         *       "ref": "160367146695159",
         *       "refType": "text",
         *       "creditAccount": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "amount": 1500,
         *       "currency": "SEK",
         *       "clientRef": "instruction_id_29384",
         *       "createdDate": "2025-03-03T09:15:00.001Z",
         *       "modifiedDate": "2025-03-03T09:15:00.001Z",
         *       "settlementDate": "2025-03-04T00:00:00.000Z"
         *     }
         */
        CashTransaction: {
            id?: components["schemas"]["Uuid"];
            sortedId?: components["schemas"]["Ulid"];
            /** @enum {string} */
            transactionType: "deposit" | "fxFee" | "withdrawal" | "transfer_in" | "transfer_out" | "subscription" | "redemption" | "retrocession";
            aborted?: boolean;
            /**
             * @description Code or free text.
             * @example referenced_order_canceled
             */
            abortedReason?: string;
            /** @description External reference or identifier of the causing object. */
            ref?: string;
            /** @description What `ref` is. The list in the docs is cut off after `external` (one more begins `client_fee_o`). */
            refType?: string;
            creditAccount?: components["schemas"]["Uuid"];
            debitAccount?: components["schemas"]["Uuid"];
            amount: number;
            /** @enum {string} */
            currency: "SEK";
            clientRef?: string;
            executorRef?: string;
            /** @description Optional free text. The docs describe it, the field name is not visible. */
            text?: string;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
            /** Format: date-time */
            settlementDate?: string;
        };
        /**
         * @example {
         *       "id": "e5b1c0de-4c3a-4b55-a9df-6f1e2d3c4b5a",
         *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
         *       "transactionType": "subscription",
         *       "aborted": false,
         *       "ref": "7d3f0b52-9a41-4c1e-8f55-0c6b6f1f2a10",
         *       "refType": "order",
         *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
         *       "instrument": "SE0012193019SEK",
         *       "identifier": "SE0012193019",
         *       "units": 10.5,
         *       "price": 142.8571429,
         *       "currency": "SEK",
         *       "clientRef": "my_order_123",
         *       "executorRef": "197001010003",
         *       "createdDate": "2025-03-04T09:15:00.001Z",
         *       "modifiedDate": "2025-03-06T09:15:00.001Z",
         *       "tradeDate": "2025-03-04T00:00:00.000Z",
         *       "settlementDate": "2025-03-06T00:00:00.000Z"
         *     }
         */
        FundTransaction: {
            id?: components["schemas"]["Uuid"];
            sortedId?: components["schemas"]["Ulid"];
            transactionType: string;
            aborted?: boolean;
            /** @description Code or free text. */
            abortedReason?: string;
            /** @description Identifier of the causing object. */
            ref?: string;
            /**
             * @description Kind of the causing object; `ca` means corporate action.
             * @enum {string}
             */
            refType?: "order" | "ca" | "internal" | "external" | "gift" | "compensations" | "inheritance" | "dividend" | "endowment_101";
            account: components["schemas"]["Uuid"];
            instrument: string;
            /** @description ISIN. */
            identifier: string;
            units: number;
            /** @description Price per unit. */
            price?: number;
            currency?: string;
            clientRef?: string;
            executorRef?: string;
            /** Format: date-time */
            createdDate?: string;
            /** Format: date-time */
            modifiedDate?: string;
            /** Format: date-time */
            tradeDate?: string;
            /** Format: date-time */
            settlementDate?: string;
        };
        /**
         * @description `heartbeat`, or object name and verb. The readable part of the docs' list stops after client.update; seed and docs say that orders, transactions and journeys also produce events, without giving their exact names.
         * @example account.update
         */
        EventType: string;
        /**
         * @description Keeps the connection alive; no payload.
         * @example {
         *       "eventType": "heartbeat"
         *     }
         */
        HeartbeatEvent: {
            /** @enum {string} */
            eventType: "heartbeat";
        };
        /**
         * @description create has `current`, update has `current` and `previous`, delete has `previous`. The object is the same as in the REST answers.
         * @example {
         *       "eventType": "account.update",
         *       "current": {
         *         "ref": "160367146695159",
         *         "name": "Spar",
         *         "status": "active",
         *         "accountType": "isk",
         *         "serviceType": "portfolioManagement",
         *         "currency": "SEK"
         *       },
         *       "previous": {
         *         "ref": "160367146695159",
         *         "name": "Spar",
         *         "status": "pending",
         *         "accountType": "isk",
         *         "serviceType": "portfolioManagement",
         *         "currency": "SEK"
         *       }
         *     }
         */
        ObjectEvent: {
            eventType: components["schemas"]["EventType"];
            /** @description Object after the change. */
            current?: {
                [key: string]: unknown;
            };
            /** @description Object before the change. */
            previous?: {
                [key: string]: unknown;
            };
        };
        /**
         * @description One frame of the WebSocket stream.
         * @example {
         *       "eventType": "heartbeat"
         *     }
         */
        Event: components["schemas"]["HeartbeatEvent"] | components["schemas"]["ObjectEvent"];
        /**
         * @description Body of a callback. The sample of the seed has only `current`, without `eventType`: do not depend on the event name, judge by which of `current` and `previous` are present.
         * @example {
         *       "current": {
         *         "ref": "160367146695159",
         *         "name": "Spar",
         *         "status": "pending",
         *         "accountType": "isk",
         *         "serviceType": "portfolioManagement",
         *         "owner": {
         *           "firstName": "Ben",
         *           "lastName": "Rangel",
         *           "fullName": "Ben Rangel",
         *           "ssn": "197001010003"
         *         },
         *         "balance": 100,
         *         "amounts": {
         *           "deposited": 123.45,
         *           "withdrawn": 123.45
         *         },
         *         "currency": "SEK"
         *       }
         *     }
         */
        WebhookEvent: {
            /** @description Present on the WebSocket; absent from the webhook sample. */
            eventType?: components["schemas"]["EventType"];
            current?: {
                [key: string]: unknown;
            };
            previous?: {
                [key: string]: unknown;
            };
            /** @description Partner data of a journey handed back; where it sits in the body is not documented. */
            scope?: string | null;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description Request not valid */
        InvalidRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "invalid_request",
                 *       "error_description": "This is an error description"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Token missing, wrong or expired */
        Unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "unauthorized",
                 *       "error_description": "The access token is invalid or has expired"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Not allowed for this token */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "forbidden",
                 *       "error_description": "No access to this client"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No such object. No 404 is listed in any readable page; assumed. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "not_found",
                 *       "error_description": "The requested object does not exist"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Unexpected fault at Fondo */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "server_error",
                 *       "error_description": "Unexpected error"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Temporarily unavailable */
        ServiceUnavailable: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "error": "service_unavailable",
                 *       "error_description": "Try again later"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description Client the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        ClientId: components["schemas"]["Uuid"];
        /**
         * @description Account the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        AccountId: components["schemas"]["Uuid"];
        /**
         * @description Allocation plan the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        AllocationPlanId: components["schemas"]["Uuid"];
        /**
         * @description The `key` of an agreement type.
         * @example account
         */
        AgreementTypeKey: string;
        /**
         * @description Journey the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        JourneyId: components["schemas"]["Uuid"];
        /**
         * @description Instrument the call is about.
         * @example SE0001862426SEK
         */
        InstrumentId: string;
        /**
         * @description Payment instruction the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        InstructionId: components["schemas"]["Uuid"];
        /**
         * @description Order the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        OrderId: components["schemas"]["Uuid"];
        /**
         * @description Transaction the call is about.
         * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
         */
        TransactionId: components["schemas"]["Uuid"];
        /**
         * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
         * @example 20240101abcdef
         */
        Start: string;
        /**
         * @description Most elements to return. Without it there is no limit.
         * @example 100
         */
        Limit: number;
        /**
         * @description Only elements whose `modifiedDate` is from this time on.
         * @example 2024-01-01T00:00:01.000Z
         */
        ModifiedFrom: string;
        /**
         * @description Only accounts of the owner with this Swedish personal identity number (12 digits in examples).
         * @example 197001010003
         */
        Ssn: string;
        /**
         * @description Only transactions with this `ref`.
         * @example de9b6d5e-bda0-44f6-9193-f241014f18d5
         */
        Ref: string;
        /**
         * @description Only transactions with this `refType`. The parameter name is all lower case.
         * @example subscription
         */
        RefType: string;
        /**
         * @description Check the order without creating it. Documented as a string.
         * @example true
         */
        ValidateOnly: string;
    };
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    authToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": components["schemas"]["TokenRequest"];
            };
        };
        responses: {
            /** @description Token issued */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenResponse"];
                };
            };
            /** @description Token refused */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAccounts: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
                /**
                 * @description Only accounts of the owner with this Swedish personal identity number (12 digits in examples).
                 * @example 197001010003
                 */
                ssn?: components["parameters"]["Ssn"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Account */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Closed account, by analogy with order cancellation which answers the whole object */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            /** @description Closed, nothing returned */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAccountCashTransactions: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cash transactions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CashTransaction"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAccountFundTransactions: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fund transactions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FundTransaction"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawalCreate"];
            };
        };
        responses: {
            /** @description Created cash transaction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CashTransaction"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getKycStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description KYC status */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KycStatus"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAgreementTypes: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Agreement types */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "key": "account",
                     *         "swe": "Kontoavtal"
                     *       },
                     *       {
                     *         "key": "power_of_attorney",
                     *         "swe": "Fullmakt"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["AgreementType"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAgreement: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
                /**
                 * @description The `key` of an agreement type.
                 * @example account
                 */
                agreement_type_key: components["parameters"]["AgreementTypeKey"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description PDF document */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/pdf": string;
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAllocationPlans: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Allocation plans */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationPlan"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAllocationPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Allocation plan the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                allocation_plan_id: components["parameters"]["AllocationPlanId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Allocation plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationPlan"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    patchAllocationPlan: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Allocation plan the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                allocation_plan_id: components["parameters"]["AllocationPlanId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AllocationPlanUpdate"];
            };
        };
        responses: {
            /** @description Updated allocation plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationPlan"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getAllocationPlanByAccountId: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Account the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                account_id: components["parameters"]["AccountId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Allocation plan */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AllocationPlan"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getClients: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Clients */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createClient: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientCreate"];
            };
        };
        responses: {
            /** @description Created client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            /** @description Documented success status; the body described for it is the created client */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    updateClient: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClientUpdate"];
            };
        };
        responses: {
            /** @description Updated client */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Client"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getClientInstrumentUniverse: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Instruments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instrument"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCustodians: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Custodians */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Custodian"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    postJourney: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["JourneyCreate"];
            };
        };
        responses: {
            /** @description Created journey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getJourney: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Journey the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                journey_id: components["parameters"]["JourneyId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Journey */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Journey"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getInstruments: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Instruments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instrument"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getInstrumentById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Instrument the call is about.
                 * @example SE0001862426SEK
                 */
                instrument_id: components["parameters"]["InstrumentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Instrument */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instrument"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createPaymentInstruction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentInstructionCreate"];
            };
        };
        responses: {
            /** @description Created instruction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentInstruction"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getPaymentInstruction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Payment instruction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                instruction_id: components["parameters"]["InstructionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payment instruction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentInstruction"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getInstructionPayment: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Payment instruction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                instruction_id: components["parameters"]["InstructionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payments */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Payment"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getOrders: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Orders */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createOrder: {
        parameters: {
            query?: {
                /**
                 * @description Check the order without creating it. Documented as a string.
                 * @example true
                 */
                "validate-only"?: components["parameters"]["ValidateOnly"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderCreate"];
            };
        };
        responses: {
            /** @description Created (or only validated) order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Documented success status; the body described for it is the order */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    createOrderWithdrawal: {
        parameters: {
            query?: {
                /**
                 * @description Check the order without creating it. Documented as a string.
                 * @example true
                 */
                "validate-only"?: components["parameters"]["ValidateOnly"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["OrderWithdrawalCreate"];
            };
        };
        responses: {
            /** @description Created (or only validated) redemption order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            /** @description Documented success status; the body described for it is the order */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getOrderById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Order the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    cancelOrder: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Order the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                order_id: components["parameters"]["OrderId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Order after the cancellation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "7d3f0b52-9a41-4c1e-8f55-0c6b6f1f2a10",
                     *       "sortedId": "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                     *       "status": "canceled",
                     *       "orderType": "subscription",
                     *       "account": "49ad7378-121c-4a53-9894-dfd14a7b4877",
                     *       "clientRef": "my_order_123",
                     *       "executorRef": "197001010003",
                     *       "instrument": "SE0001862426SEK",
                     *       "units": 0,
                     *       "amount": 1500,
                     *       "createdDate": "2025-03-03T09:15:00.001Z",
                     *       "modifiedDate": "2025-03-03T09:20:00.001Z",
                     *       "canceledDate": "2025-03-03T09:20:00.001Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Order"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCashTransactions: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
                /**
                 * @description Only transactions with this `ref`.
                 * @example de9b6d5e-bda0-44f6-9193-f241014f18d5
                 */
                ref?: components["parameters"]["Ref"];
                /**
                 * @description Only transactions with this `refType`. The parameter name is all lower case.
                 * @example subscription
                 */
                reftype?: components["parameters"]["RefType"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cash transactions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CashTransaction"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getCashTransactionById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Transaction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                transaction_id: components["parameters"]["TransactionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cash transaction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CashTransaction"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getFundTransactions: {
        parameters: {
            query?: {
                /**
                 * @description `sortedId` from which the page starts. Whether that element itself is included is not documented: drop duplicates by `id`.
                 * @example 20240101abcdef
                 */
                start?: components["parameters"]["Start"];
                /**
                 * @description Most elements to return. Without it there is no limit.
                 * @example 100
                 */
                limit?: components["parameters"]["Limit"];
                /**
                 * @description Only elements whose `modifiedDate` is from this time on.
                 * @example 2024-01-01T00:00:01.000Z
                 */
                modifiedFrom?: components["parameters"]["ModifiedFrom"];
                /**
                 * @description Only transactions with this `ref`.
                 * @example de9b6d5e-bda0-44f6-9193-f241014f18d5
                 */
                ref?: components["parameters"]["Ref"];
                /**
                 * @description Only transactions with this `refType`. The parameter name is all lower case.
                 * @example subscription
                 */
                reftype?: components["parameters"]["RefType"];
            };
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fund transactions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FundTransaction"][];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getFundTransactionById: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
                /**
                 * @description Transaction the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                transaction_id: components["parameters"]["TransactionId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Fund transaction */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FundTransaction"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    getWebsocket: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Client the call is about.
                 * @example 49ad7378-121c-4a53-9894-dfd14a7b4877
                 */
                client_id: components["parameters"]["ClientId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Switching protocols, the status of a real upgrade */
            101: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description How the vendor's documentation renders the stream - the schema of one frame */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
    webhookCallback: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookEvent"];
            };
        };
        responses: {
            /** @description Received */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not accepted (listed in the docs, meaning undocumented) */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
    ping: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Reachable */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Pong"];
                };
            };
            400: components["responses"]["InvalidRequest"];
            500: components["responses"]["ServerError"];
            503: components["responses"]["ServiceUnavailable"];
        };
    };
}
