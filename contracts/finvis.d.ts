/**
 * Made from the OpenAPI file of the same name by `npm run contracts`. Never edited.
 */

export interface paths {
    "/auth/token/": {
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
         * @description Client credentials grant with credentials of a PublicAPIClient made in the Finvis console. The token belongs to one tenant.
         */
        post: operations["createToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/tenant-token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Obtain a token for one tenant with a shared partner client
         * @description For partners whose one client serves several tenants. Credentials go in an HTTP Basic header. There is no refresh token: ask again when the token has run out.
         */
        post: operations["createTenantToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List bank accounts */
        get: operations["listAccounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/accounts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /** Get one bank account */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/transactions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List bank transactions */
        get: operations["listTransactions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/batches/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List payment batches */
        get: operations["listPaymentBatches"];
        put?: never;
        /**
         * Create a payment batch
         * @description Prepares payments; they are not sent before the batch is submitted.
         */
        post: operations["createPaymentBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/payments/batches/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit a payment batch
         * @description Moves money (or starts its approval). No body is documented.
         */
        post: operations["submitPaymentBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliation/matches": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List reconciliation matches */
        get: operations["listReconciliationMatches"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reconciliation/matches/{id}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a reconciliation match
         * @description No body is documented. The seed has no write scope for reconciliation; which scope this call needs is unknown.
         */
        post: operations["confirmReconciliationMatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting/cashflow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the cash flow report */
        get: operations["getCashflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reporting/positions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get cash positions */
        get: operations["getPositions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/pending": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List approvals that wait for a decision
         * @description No scope in the seed mentions approvals; which one this call needs is unknown.
         */
        get: operations["listPendingApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/approvals/{id}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve
         * @description May release money. No body is documented; a comment is accepted here as an assumption. Scope unknown. No rejecting counterpart is listed anywhere.
         */
        post: operations["approveApproval"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/companies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List companies
         * @description No scope in the seed mentions companies; which one this call needs is unknown.
         */
        get: operations["listCompanies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/koncerner": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List corporate groups
         * @description Koncern is Swedish for corporate group. Scope unknown.
         */
        get: operations["listKoncerner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook subscriptions
         * @description The seed has a scope for managing webhooks but lists no endpoint for it. Path and shape are assumptions; management may exist only in the console.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Create a webhook subscription
         * @description Assumption, see listWebhooks. A trigger must also work with a subscription made by hand in the console (user enters the signing secret, nothing is registered by API).
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        /**
         * Get a webhook subscription
         * @description Assumption, see listWebhooks.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Delete a webhook subscription
         * @description Assumption, see listWebhooks.
         */
        delete: operations["deleteWebhook"];
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
         * @description Amount; a decimal string is assumed, a JSON number must be accepted too.
         * @example 12500.00
         */
        Decimal: string | number;
        /**
         * @description Error body. Shape unknown; read the first of the listed fields that is present.
         * @example {
         *       "detail": "Not found",
         *       "code": "not_found"
         *     }
         */
        Error: {
            detail?: string;
            code?: string;
            error?: string;
            error_description?: string;
            message?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "grant_type": "client_credentials",
         *       "client_id": "YOUR_CLIENT_ID",
         *       "client_secret": "YOUR_SECRET",
         *       "scope": "read:ledger"
         *     }
         */
        TokenRequest: {
            /** @enum {string} */
            grant_type: "client_credentials";
            client_id: string;
            /** Format: password */
            client_secret: string;
            /**
             * @description Wanted scopes. One scope is shown; several are separated by spaces (from the tenant token).
             * @example read:ledger read:payments
             */
            scope?: string;
        };
        /**
         * @example {
         *       "grant_type": "client_credentials",
         *       "tenant_id": "6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e",
         *       "scope": "read:ledger read:reporting"
         *     }
         */
        TenantTokenRequest: {
            /** @default client_credentials */
            grant_type: string;
            /** Format: uuid */
            tenant_id: string;
            /** @description Subset of the allowed scopes, separated by spaces. */
            scope?: string;
        };
        /**
         * @description The readable part of the vendor's file ends after `token_type`. No refresh token.
         * @example {
         *       "access_token": "eyJhbGciOiJIUzI1NiJ9.example.token",
         *       "token_type": "Bearer",
         *       "expires_in": 3600,
         *       "scope": "read:ledger"
         *     }
         */
        TokenResponse: {
            access_token: string;
            token_type?: string;
            /** @description Lifetime in seconds. When absent, assume a short one and renew on 401. */
            expires_in?: number;
            scope?: string;
            tenant_id?: string;
        };
        /**
         * @description OAuth 2.0 error body (RFC 6749), assumed.
         * @example {
         *       "error": "invalid_client",
         *       "error_description": "Client authentication failed"
         *     }
         */
        TokenError: {
            error?: string;
            error_description?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Bank account with balances. The seed says that accounts and balances are readable.
         * @example {
         *       "id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *       "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *       "name": "Driftkonto",
         *       "bank": "Exempelbanken",
         *       "iban": "SE4550000000058398257466",
         *       "currency": "SEK",
         *       "booked_balance": "1250000.50",
         *       "available_balance": "1200000.50",
         *       "balance_updated_at": "2026-03-03T06:00:00Z"
         *     }
         */
        Account: {
            id?: string;
            company_id?: string;
            name?: string;
            bank?: string;
            iban?: string;
            currency?: string;
            booked_balance?: components["schemas"]["Decimal"];
            available_balance?: components["schemas"]["Decimal"];
            /** Format: date-time */
            balance_updated_at?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of accounts. Whether lists are wrapped at all is unknown; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *           "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *           "name": "Driftkonto",
         *           "bank": "Exempelbanken",
         *           "iban": "SE4550000000058398257466",
         *           "currency": "SEK",
         *           "booked_balance": "1250000.50",
         *           "available_balance": "1200000.50",
         *           "balance_updated_at": "2026-03-03T06:00:00Z"
         *         }
         *       ]
         *     }
         */
        AccountList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["Account"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
         *       "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *       "booking_date": "2026-03-02",
         *       "value_date": "2026-03-02",
         *       "amount": "-12500.00",
         *       "currency": "SEK",
         *       "counterparty_name": "Leverantören AB",
         *       "reference": "20260042",
         *       "created_at": "2026-03-02T05:30:00Z"
         *     }
         */
        Transaction: {
            id?: string;
            account_id?: string;
            /** Format: date */
            booking_date?: string;
            /** Format: date */
            value_date?: string;
            /** @description Negative for outgoing. */
            amount?: components["schemas"]["Decimal"];
            currency?: string;
            counterparty_name?: string | null;
            /** @description OCR number or message. */
            reference?: string | null;
            /** Format: date-time */
            created_at?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of transactions; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
         *           "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *           "booking_date": "2026-03-02",
         *           "value_date": "2026-03-02",
         *           "amount": "-12500.00",
         *           "currency": "SEK",
         *           "counterparty_name": "Leverantören AB",
         *           "reference": "20260042",
         *           "created_at": "2026-03-02T05:30:00Z"
         *         }
         *       ]
         *     }
         */
        TransactionList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["Transaction"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "type": "iban",
         *       "value": "SE3550000000054910000003"
         *     }
         */
        CreditorAccount: {
            type: string;
            value: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "amount": "12500.00",
         *       "currency": "SEK",
         *       "creditor_name": "Leverantören AB",
         *       "creditor_account": {
         *         "type": "iban",
         *         "value": "SE3550000000054910000003"
         *       },
         *       "reference": "20260042",
         *       "end_to_end_id": "FAKT-20260042"
         *     }
         */
        PaymentCreate: {
            amount: components["schemas"]["Decimal"];
            currency?: string;
            creditor_name: string;
            creditor_account: components["schemas"]["CreditorAccount"];
            /** @description OCR number or message. */
            reference?: string;
            end_to_end_id?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Nothing about this body is documented. No field is required here, so that a raw JSON body from a user passes.
         * @example {
         *       "name": "Leverantörer vecka 10",
         *       "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *       "execution_date": "2026-03-06",
         *       "currency": "SEK",
         *       "payments": [
         *         {
         *           "amount": "12500.00",
         *           "currency": "SEK",
         *           "creditor_name": "Leverantören AB",
         *           "creditor_account": {
         *             "type": "iban",
         *             "value": "SE3550000000054910000003"
         *           },
         *           "reference": "20260042",
         *           "end_to_end_id": "FAKT-20260042"
         *         }
         *       ]
         *     }
         */
        PaymentBatchCreate: {
            name?: string;
            /** @description Account to pay from. */
            account_id?: string;
            /** Format: date */
            execution_date?: string;
            currency?: string;
            payments?: components["schemas"]["PaymentCreate"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
         *       "name": "Leverantörer vecka 10",
         *       "status": "draft",
         *       "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *       "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *       "currency": "SEK",
         *       "total_amount": "12500.00",
         *       "payment_count": 1,
         *       "execution_date": "2026-03-06",
         *       "created_at": "2026-03-03T09:15:00Z",
         *       "updated_at": "2026-03-03T09:15:00Z"
         *     }
         */
        PaymentBatch: {
            id?: string;
            name?: string;
            /** @description The seed says that batches have statuses, not which. */
            status?: string;
            account_id?: string;
            company_id?: string;
            currency?: string;
            total_amount?: components["schemas"]["Decimal"];
            payment_count?: number;
            /** Format: date */
            execution_date?: string;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            updated_at?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of payment batches; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
         *           "name": "Leverantörer vecka 10",
         *           "status": "draft",
         *           "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *           "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *           "currency": "SEK",
         *           "total_amount": "12500.00",
         *           "payment_count": 1,
         *           "execution_date": "2026-03-06",
         *           "created_at": "2026-03-03T09:15:00Z",
         *           "updated_at": "2026-03-03T09:15:00Z"
         *         }
         *       ]
         *     }
         */
        PaymentBatchList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["PaymentBatch"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "1d0c9b8a-7654-4321-8fed-cba987654321",
         *       "status": "suggested",
         *       "transaction_id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
         *       "target_type": "invoice",
         *       "target_reference": "20260042",
         *       "amount": "12500.00",
         *       "currency": "SEK",
         *       "confidence": 0.97,
         *       "created_at": "2026-03-02T06:00:00Z",
         *       "confirmed_at": null
         *     }
         */
        ReconciliationMatch: {
            id?: string;
            status?: string;
            transaction_id?: string;
            target_type?: string;
            target_reference?: string;
            amount?: components["schemas"]["Decimal"];
            currency?: string;
            confidence?: number;
            /** Format: date-time */
            created_at?: string;
            /** Format: date-time */
            confirmed_at?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of matches; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "1d0c9b8a-7654-4321-8fed-cba987654321",
         *           "status": "suggested",
         *           "transaction_id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
         *           "target_type": "invoice",
         *           "target_reference": "20260042",
         *           "amount": "12500.00",
         *           "currency": "SEK",
         *           "confidence": 0.97,
         *           "created_at": "2026-03-02T06:00:00Z",
         *           "confirmed_at": null
         *         }
         *       ]
         *     }
         */
        ReconciliationMatchList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["ReconciliationMatch"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "period_start": "2026-03-01",
         *       "period_end": "2026-03-31",
         *       "inflow": "500000.00",
         *       "outflow": "420000.00",
         *       "net": "80000.00"
         *     }
         */
        CashflowPeriod: {
            /** Format: date */
            period_start?: string;
            /** Format: date */
            period_end?: string;
            inflow?: components["schemas"]["Decimal"];
            outflow?: components["schemas"]["Decimal"];
            net?: components["schemas"]["Decimal"];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "currency": "SEK",
         *       "date_from": "2026-03-01",
         *       "date_to": "2026-03-31",
         *       "periods": [
         *         {
         *           "period_start": "2026-03-01",
         *           "period_end": "2026-03-31",
         *           "inflow": "500000.00",
         *           "outflow": "420000.00",
         *           "net": "80000.00"
         *         }
         *       ]
         *     }
         */
        CashflowReport: {
            currency?: string;
            /** Format: date */
            date_from?: string;
            /** Format: date */
            date_to?: string;
            periods?: components["schemas"]["CashflowPeriod"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *       "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *       "currency": "SEK",
         *       "booked_balance": "1250000.50",
         *       "available_balance": "1200000.50"
         *     }
         */
        CashPosition: {
            account_id?: string;
            company_id?: string;
            currency?: string;
            booked_balance?: components["schemas"]["Decimal"];
            available_balance?: components["schemas"]["Decimal"];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "as_of": "2026-03-03T06:00:00Z",
         *       "currency": "SEK",
         *       "total": "1250000.50",
         *       "positions": [
         *         {
         *           "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
         *           "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *           "currency": "SEK",
         *           "booked_balance": "1250000.50",
         *           "available_balance": "1200000.50"
         *         }
         *       ]
         *     }
         */
        PositionsReport: {
            /** Format: date-time */
            as_of?: string;
            currency?: string;
            total?: components["schemas"]["Decimal"];
            positions?: components["schemas"]["CashPosition"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "comment": "Granskad och godkänd"
         *     }
         */
        ApprovalDecision: {
            comment?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "0a1b2c3d-4e5f-4607-8899-aabbccddeeff",
         *       "status": "pending",
         *       "object_type": "payment_batch",
         *       "object_id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
         *       "amount": "12500.00",
         *       "currency": "SEK",
         *       "requested_by": "anna.ekonomi@example.se",
         *       "requested_at": "2026-03-03T09:16:00Z",
         *       "decided_at": null
         *     }
         */
        Approval: {
            id?: string;
            status?: string;
            object_type?: string;
            object_id?: string;
            amount?: components["schemas"]["Decimal"];
            currency?: string;
            requested_by?: string;
            /** Format: date-time */
            requested_at?: string;
            /** Format: date-time */
            decided_at?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of approvals; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "0a1b2c3d-4e5f-4607-8899-aabbccddeeff",
         *           "status": "pending",
         *           "object_type": "payment_batch",
         *           "object_id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
         *           "amount": "12500.00",
         *           "currency": "SEK",
         *           "requested_by": "anna.ekonomi@example.se",
         *           "requested_at": "2026-03-03T09:16:00Z",
         *           "decided_at": null
         *         }
         *       ]
         *     }
         */
        ApprovalList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["Approval"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *       "name": "Exempelbolaget Drift AB",
         *       "org_number": "559901-2340",
         *       "country": "SE",
         *       "koncern_id": "8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9"
         *     }
         */
        Company: {
            id?: string;
            name?: string;
            /** @description Swedish organisation number. */
            org_number?: string;
            country?: string;
            koncern_id?: string | null;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of companies; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
         *           "name": "Exempelbolaget Drift AB",
         *           "org_number": "559901-2340",
         *           "country": "SE",
         *           "koncern_id": "8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9"
         *         }
         *       ]
         *     }
         */
        CompanyList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["Company"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9",
         *       "name": "Exempelkoncernen",
         *       "parent_company_id": "2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901",
         *       "company_count": 4
         *     }
         */
        Koncern: {
            id?: string;
            name?: string;
            parent_company_id?: string;
            company_count?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of groups; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9",
         *           "name": "Exempelkoncernen",
         *           "parent_company_id": "2b3c4d5e-6f70-4182-93a4-b5c6d7e8f901",
         *           "company_count": 4
         *         }
         *       ]
         *     }
         */
        KoncernList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["Koncern"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @description The two names the seed gives. It also speaks of reconciliation notifications, for which no name is given; tolerate further values.
         * @example payment.status.updated
         */
        WebhookEventName: string;
        /**
         * @example {
         *       "url": "https://n8n.example.se/webhook/3c1d7f0e/webhook",
         *       "events": [
         *         "transaction.created",
         *         "payment.status.updated"
         *       ]
         *     }
         */
        WebhookCreate: {
            /** Format: uri */
            url: string;
            events: components["schemas"]["WebhookEventName"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @example {
         *       "id": "4e5f6071-8293-4a4b-8c5d-6e7f80910213",
         *       "url": "https://n8n.example.se/webhook/3c1d7f0e/webhook",
         *       "events": [
         *         "transaction.created",
         *         "payment.status.updated"
         *       ],
         *       "active": true,
         *       "secret": "whsec_example_0123456789",
         *       "created_at": "2026-03-03T09:00:00Z"
         *     }
         */
        Webhook: {
            id?: string;
            /** Format: uri */
            url?: string;
            events?: components["schemas"]["WebhookEventName"][];
            active?: boolean;
            /** @description Signing secret, assumed to be shown once on creation. */
            secret?: string;
            /** Format: date-time */
            created_at?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Page of webhook subscriptions; accept a bare array too.
         * @example {
         *       "count": 1,
         *       "next": null,
         *       "previous": null,
         *       "results": [
         *         {
         *           "id": "4e5f6071-8293-4a4b-8c5d-6e7f80910213",
         *           "url": "https://n8n.example.se/webhook/3c1d7f0e/webhook",
         *           "events": [
         *             "transaction.created",
         *             "payment.status.updated"
         *           ],
         *           "active": true,
         *           "created_at": "2026-03-03T09:00:00Z"
         *         }
         *       ]
         *     }
         */
        WebhookList: {
            count?: number;
            next?: string | null;
            previous?: string | null;
            results?: components["schemas"]["Webhook"][];
        } & {
            [key: string]: unknown;
        };
        /**
         * @description Body of a notification. Everything but the event names is assumed.
         * @example {
         *       "id": "6f708192-a3b4-4c5d-8e6f-708192a3b4c5",
         *       "event": "payment.status.updated",
         *       "created_at": "2026-03-06T10:05:00Z",
         *       "tenant_id": "6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e",
         *       "data": {
         *         "batch_id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
         *         "previous_status": "processing",
         *         "status": "executed"
         *       }
         *     }
         */
        WebhookEvent: {
            /** @description Identifier of the delivery, for dropping repeats. */
            id?: string;
            event?: components["schemas"]["WebhookEventName"];
            /** Format: date-time */
            created_at?: string;
            tenant_id?: string;
            data?: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description Request not valid */
        BadRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "execution_date must not be in the past",
                 *       "code": "invalid"
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
                 *       "detail": "Invalid or expired token",
                 *       "code": "not_authenticated"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Scope missing, or X-Tenant-ID does not match the token */
        Forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Missing scope: read:ledger",
                 *       "code": "permission_denied"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description No such object */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Not found",
                 *       "code": "not_found"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description State does not allow it, or the Idempotency-Key was used with another request */
        Conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "The batch has already been submitted",
                 *       "code": "conflict"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Rate limit of the client exceeded */
        TooManyRequests: {
            headers: {
                "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Rate limit exceeded",
                 *       "code": "throttled"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Unexpected fault at Finvis */
        ServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                /**
                 * @example {
                 *       "detail": "Internal server error"
                 *     }
                 */
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: {
        /**
         * @description Tenant of the token; must equal the tenant bound to it.
         * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
         */
        TenantId: string;
        /**
         * @description Unique value per intended write; the same value gets the first answer again.
         * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
         */
        IdempotencyKey: string;
        /**
         * @description Identifier of the object.
         * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
         */
        Id: string;
        /**
         * @description Page number. Paging is not documented; send only when asked for.
         * @example 1
         */
        Page: number;
        /**
         * @description Elements per page. Paging is not documented; send only when asked for.
         * @example 50
         */
        PageSize: number;
        /**
         * @description Only this account.
         * @example 9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c
         */
        AccountId: string;
        /**
         * @description Only this company.
         * @example 5c4b3a29-1807-4f6e-9d5c-4b3a29180766
         */
        CompanyId: string;
        /**
         * @description Only this group.
         * @example 8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9
         */
        KoncernId: string;
        /**
         * @description Currency of the report.
         * @example SEK
         */
        Currency: string;
        /**
         * @description First day.
         * @example 2026-03-01
         */
        DateFrom: string;
        /**
         * @description Last day.
         * @example 2026-03-31
         */
        DateTo: string;
        /**
         * @description Day of the positions.
         * @example 2026-03-03
         */
        AsOf: string;
        /**
         * @description Only elements in this status.
         * @example draft
         */
        Status: string;
    };
    requestBodies: never;
    headers: {
        /**
         * @description Calls allowed per window for this client.
         * @example 600
         */
        RateLimitLimit: number;
        /**
         * @description Calls left in this window.
         * @example 598
         */
        RateLimitRemaining: number;
        /**
         * @description When the window ends. Unit unknown: treat a large value as Unix seconds and a small one as seconds from now.
         * @example 1772528400
         */
        RateLimitReset: number;
        /**
         * @description Seconds to wait before the next try.
         * @example 30
         */
        RetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    createToken: {
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
            /** @description Request or scope not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            /** @description Client unknown or secret wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    createTenantToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TenantTokenRequest"];
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
            /** @description Request, tenant or scope not valid */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            /** @description Client unknown or secret wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenError"];
                };
            };
            429: components["responses"]["TooManyRequests"];
        };
    };
    listAccounts: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Only this company.
                 * @example 5c4b3a29-1807-4f6e-9d5c-4b3a29180766
                 */
                company_id?: components["parameters"]["CompanyId"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accounts */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Account */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Account"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listTransactions: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Only this account.
                 * @example 9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c
                 */
                account_id?: components["parameters"]["AccountId"];
                /**
                 * @description First day.
                 * @example 2026-03-01
                 */
                date_from?: components["parameters"]["DateFrom"];
                /**
                 * @description Last day.
                 * @example 2026-03-31
                 */
                date_to?: components["parameters"]["DateTo"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Transactions */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TransactionList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listPaymentBatches: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Only elements in this status.
                 * @example draft
                 */
                status?: components["parameters"]["Status"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Payment batches */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentBatchList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createPaymentBatch: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
                /**
                 * @description Unique value per intended write; the same value gets the first answer again.
                 * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PaymentBatchCreate"];
            };
        };
        responses: {
            /** @description Created batch (a repeated Idempotency-Key gets the first answer again) */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentBatch"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    submitPaymentBatch: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
                /**
                 * @description Unique value per intended write; the same value gets the first answer again.
                 * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Submitted batch */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
                     *       "name": "Leverantörer vecka 10",
                     *       "status": "submitted",
                     *       "account_id": "9b2d6c1e-4f0a-4b8e-8c6f-1d2e3f4a5b6c",
                     *       "company_id": "5c4b3a29-1807-4f6e-9d5c-4b3a29180766",
                     *       "currency": "SEK",
                     *       "total_amount": "12500.00",
                     *       "payment_count": 1,
                     *       "execution_date": "2026-03-06",
                     *       "created_at": "2026-03-03T09:15:00Z",
                     *       "updated_at": "2026-03-03T09:20:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["PaymentBatch"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listReconciliationMatches: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Only elements in this status.
                 * @example draft
                 */
                status?: components["parameters"]["Status"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Matches */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReconciliationMatchList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    confirmReconciliationMatch: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
                /**
                 * @description Unique value per intended write; the same value gets the first answer again.
                 * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Confirmed match */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "1d0c9b8a-7654-4321-8fed-cba987654321",
                     *       "status": "confirmed",
                     *       "transaction_id": "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d",
                     *       "target_type": "invoice",
                     *       "target_reference": "20260042",
                     *       "amount": "12500.00",
                     *       "currency": "SEK",
                     *       "confidence": 0.97,
                     *       "created_at": "2026-03-02T06:00:00Z",
                     *       "confirmed_at": "2026-03-03T09:20:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ReconciliationMatch"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getCashflow: {
        parameters: {
            query?: {
                /**
                 * @description First day.
                 * @example 2026-03-01
                 */
                date_from?: components["parameters"]["DateFrom"];
                /**
                 * @description Last day.
                 * @example 2026-03-31
                 */
                date_to?: components["parameters"]["DateTo"];
                /**
                 * @description Only this company.
                 * @example 5c4b3a29-1807-4f6e-9d5c-4b3a29180766
                 */
                company_id?: components["parameters"]["CompanyId"];
                /**
                 * @description Only this group.
                 * @example 8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9
                 */
                koncern_id?: components["parameters"]["KoncernId"];
                /**
                 * @description Currency of the report.
                 * @example SEK
                 */
                currency?: components["parameters"]["Currency"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Cash flow */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CashflowReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getPositions: {
        parameters: {
            query?: {
                /**
                 * @description Day of the positions.
                 * @example 2026-03-03
                 */
                as_of?: components["parameters"]["AsOf"];
                /**
                 * @description Only this company.
                 * @example 5c4b3a29-1807-4f6e-9d5c-4b3a29180766
                 */
                company_id?: components["parameters"]["CompanyId"];
                /**
                 * @description Only this group.
                 * @example 8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9
                 */
                koncern_id?: components["parameters"]["KoncernId"];
                /**
                 * @description Currency of the report.
                 * @example SEK
                 */
                currency?: components["parameters"]["Currency"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Positions */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PositionsReport"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listPendingApprovals: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Pending approvals */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalList"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    approveApproval: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
                /**
                 * @description Unique value per intended write; the same value gets the first answer again.
                 * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ApprovalDecision"];
            };
        };
        responses: {
            /** @description Approval after the decision */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0a1b2c3d-4e5f-4607-8899-aabbccddeeff",
                     *       "status": "approved",
                     *       "object_type": "payment_batch",
                     *       "object_id": "3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e",
                     *       "amount": "12500.00",
                     *       "currency": "SEK",
                     *       "requested_by": "anna.ekonomi@example.se",
                     *       "requested_at": "2026-03-03T09:16:00Z",
                     *       "decided_at": "2026-03-03T09:20:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Approval"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listCompanies: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
                /**
                 * @description Only this group.
                 * @example 8d7c6b5a-4938-4271-8605-f4e3d2c1b0a9
                 */
                koncern_id?: components["parameters"]["KoncernId"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Companies */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CompanyList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listKoncerner: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Groups */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KoncernList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: {
                /**
                 * @description Page number. Paging is not documented; send only when asked for.
                 * @example 1
                 */
                page?: components["parameters"]["Page"];
                /**
                 * @description Elements per page. Paging is not documented; send only when asked for.
                 * @example 50
                 */
                page_size?: components["parameters"]["PageSize"];
            };
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhook subscriptions */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
                /**
                 * @description Unique value per intended write; the same value gets the first answer again.
                 * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WebhookCreate"];
            };
        };
        responses: {
            /** @description Created subscription with its signing secret */
            201: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    getWebhook: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
            };
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Webhook subscription */
            200: {
                headers: {
                    "X-RateLimit-Limit": components["headers"]["RateLimitLimit"];
                    "X-RateLimit-Remaining": components["headers"]["RateLimitRemaining"];
                    "X-RateLimit-Reset": components["headers"]["RateLimitReset"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
    deleteWebhook: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description Tenant of the token; must equal the tenant bound to it.
                 * @example 6e0f9a1c-3b7d-4c52-9d18-2f4a6b8c0d1e
                 */
                "X-Tenant-ID"?: components["parameters"]["TenantId"];
                /**
                 * @description Unique value per intended write; the same value gets the first answer again.
                 * @example 0b5f6d3a-7c1e-4f9b-8a2d-5e6f7a8b9c0d
                 */
                "Idempotency-Key": components["parameters"]["IdempotencyKey"];
            };
            path: {
                /**
                 * @description Identifier of the object.
                 * @example 3f8f1a90-6d4e-4d6b-9a53-6a0b7a1c2d3e
                 */
                id: components["parameters"]["Id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["ServerError"];
        };
    };
}
